using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Calls that are refused, with an error of this library and nothing else.</summary>
internal sealed class ErrorFamily : IFamily
{
    public string? Absent(JsonElement testCase) => OperationFamily.AbsentOperation(testCase);

    public string? Run(JsonElement testCase, Device device)
    {
        try
        {
            var call = Call.Invoke(testCase, device);
            foreach (var output in call.Outputs)
                _ = Values.Of(output); // a device that records or queues reports at the latest now
            return $"the call is accepted and gives {Values.Of(call.Outputs[0])}; expected an error like: {testCase.GetProperty("reference_message").GetString()}";
        }
        catch (NablaException)
        {
            return null;
        }
    }
}
