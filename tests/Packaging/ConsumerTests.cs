using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>A program outside of the repository that knows nothing but the packages.</summary>
public sealed class ConsumerTests(PackedPackages packed)
{
    private const string Program =
        """
        using Microsoft.Extensions.DependencyInjection;
        using Nabla;

        var model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 1));
        var optimizer = new Adam(model.Parameters(), lr: 0.05);
        var x = Tensor.Eye(4);
        float first = 0, last = 0;
        for (int step = 0; step < 50; step++)
        {
            var loss = (model.Forward(x) - 1).Pow(2).Mean();
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            last = loss.Item<float>();
            first = step == 0 ? last : first;
        }

        Console.WriteLine($"learns: {last < first / 10}");
        var w = Tensor.From(4f, requiresGrad: true);
        (3 * w.Pow(2)).Backward();
        Console.WriteLine(w.Grad);
        using var services = new ServiceCollection().AddNabla().AddCpu().AddOpenCl().AddOnnx().Services.BuildServiceProvider();
        Console.WriteLine(services.GetRequiredService<Device>());
        """;

    [Fact]
    public async Task Program_ThatReferencesThePackages_BuildsAndRuns()
    {
        var folder = Directory.CreateTempSubdirectory("nabla-consumer-");
        try
        {
            Write(folder, "Consumer.csproj", Project());
            Write(folder, "Program.cs", Program);
            Write(folder, "NuGet.config", await ConfigurationAsync());
            // The variable would win over the configured folder, and packages of an earlier build would be found there.
            var environment = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = null };
            var output = await Tool.DotnetAsync(folder.FullName, environment, "run", "-c", Tool.Configuration);
            Assert.Equal(["learns: True", "tensor(24.)", "cpu"], output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Project()
    {
        string extensions = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(p => p.Attribute("Include")!.Value == "Microsoft.Extensions.DependencyInjection").Attribute("Version")!.Value;
        var references = Packages.Ids.Select(id => $"""<PackageReference Include="{id}" Version="{Packages.Version}" />""");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="{extensions}" />
              </ItemGroup>
            </Project>
            """;
    }

    /// <summary>The packed packages beside the user's own sources, unpacked where nothing of them stays; others come from the user's folder.</summary>
    private async Task<string> ConfigurationAsync()
    {
        var line = await Tool.DotnetAsync(Repository.Root, null, "nuget", "locals", "global-packages", "--list");
        var packages = line[(line.IndexOf(':') + 1)..].Trim();
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="user" value="{packages}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{packed.Folder}" /></packageSources>
            </configuration>
            """;
    }

    private static void Write(DirectoryInfo folder, string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
}
