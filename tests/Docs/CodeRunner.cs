using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Tests;

/// <summary>Compiles code of documents against the built assemblies, as a project with implicit usings would, and runs it.</summary>
internal static class CodeRunner
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Nabla;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    private static int s_count;

    /// <summary>Compiles sources together: a program if one has statements outside of types, else a library. Warnings fail, too.</summary>
    public static byte[] Compile(string place, params IEnumerable<string> sources)
    {
        var trees = sources.Prepend(ImplicitUsings).Select(s => CSharpSyntaxTree.ParseText(s, Parsing)).ToList();
        bool program = trees.Any(t => t.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any());
        var options = new CSharpCompilationOptions(
            program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create($"Nabla.Documented.{Interlocked.Increment(ref s_count)}", trees, References, options);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        var complaints = result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(result.Success && complaints.Count == 0, $"{place}:\n{string.Join('\n', complaints)}");
        return stream.ToArray();
    }

    /// <summary>Runs a program.</summary>
    /// <returns>What it wrote to the console.</returns>
    public static string Run(byte[] program)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(program));
        var entry = assembly.EntryPoint!;
        var console = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().TrimEnd();
    }
}
