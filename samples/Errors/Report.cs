namespace Nabla.Errors;

/// <summary>Runs what must fail, and prints the message.</summary>
internal static class Report
{
    public static int Count { get; set; }

    /// <summary>How many calls did not fail.</summary>
    public static int Missing { get; set; }

    public static void Show(string title, Action action)
    {
        Count++;
        try
        {
            action();
            Missing++;
            Console.WriteLine($"## {title}\n   NOT REFUSED");
        }
        catch (Exception e) when (e is NablaException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            Console.WriteLine($"## {title}\n   {e.GetType().Name}: {e.Message}");
        }
    }

    public static void Show(string title, Func<object?> function) => Show(title, () => { function(); });
}
