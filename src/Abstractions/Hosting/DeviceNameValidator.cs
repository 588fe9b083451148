using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Refuses, when the host starts, a device that no backend offers.</summary>
internal sealed class DeviceNameValidator(DeviceCatalog catalog) : IValidateOptions<NablaOptions>
{
    public ValidateOptionsResult Validate(string? name, NablaOptions options)
    {
        try
        {
            _ = catalog[options.Device]; // opening is the only complete check: drivers and packages show their absence here
            return ValidateOptionsResult.Success;
        }
        catch (NablaException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
