namespace Nabla.Peers;

/// <summary>Prints rows as they are measured.</summary>
internal static class ConsoleTable
{
    private const int Name = 50;

    public static void Head() => Console.WriteLine($"{"row",-Name} {"ours",10} {"peer",10}  {"ratio (90%)",-20} {"limit",6}  verdict");

    public static void Print(Measurement m)
    {
        string figures = $"{Figures.Show(m.Ours, m.Unit),10} {Figures.Show(m.Peer, m.Unit),10}  {Figures.Compared(m),-20} {Figures.Percent(m.LimitPercent),6}";
        Console.WriteLine($"{m.Row.Name,-Name} {figures}  {Figures.Verdict(m)}");
    }
}
