namespace Nabla.Peers;

/// <summary>A whole run: rows, tables, files.</summary>
internal static class Session
{
    /// <returns>The exit code: 1 where the sides of a row do not agree.</returns>
    public static int Run(Options options, string[] arguments, IReadOnlyList<Row> rows)
    {
        using var engine = new Engine(options.Threads);
        var runner = new Runner(engine, options.Pace);
        var measured = new List<Measurement>();
        var report = new Report(options, arguments, measured);
        foreach (string line in report.Header())
            Console.WriteLine(line);
        int errors = 0;
        ConsoleTable.Head();
        foreach (var row in rows)
        {
            if (Measure(row) is { } measurement)
                measured.Add(measurement);
        }

        if (measured.Count == 0)
            return 1;
        Patience.MeasureAgain(measured, Measure, options.Patience);
        foreach (string line in Summary.Lines(measured))
            Console.WriteLine(line);
        Write(options.Markdown, MarkdownTable.Lines(report));
        Write(options.Csv, CsvTable.Lines(report));
        Write(options.Svg, SvgChart.Lines(report));
        if (options.Quick)
            Console.WriteLine(Report.QuickWarning);
        return errors == 0 ? 0 : 1;

        Measurement? Measure(Row row)
        {
            try
            {
                var measurement = runner.Run(row);
                ConsoleTable.Print(measurement);
                return measurement;
            }
            catch (InvalidDataException e)
            {
                errors++;
                Console.WriteLine($"ERROR {e.Message}");
                return null;
            }
        }
    }

    private static void Write(string? path, IEnumerable<string> lines)
    {
        if (path is null)
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllLines(path, lines);
    }
}
