using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

/// <summary>What every backend with options gets from one registration.</summary>
public sealed class BackendOptionsTests
{
    private static readonly IConfigurationRoot Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("Nabla:Sized:Size", "3"), new("Elsewhere:Size", "4"), new("Bad:Size", "-1")]).Build();

    [Fact]
    public void AddBackend_WithoutConfiguration_KeepsTheDefaults() => Assert.Equal((1, 0), Build(b => Add(b), configured: false));

    [Fact]
    public void AddBackend_Configuration_ReadsItsSection() => Assert.Equal((3, 0), Build(b => Add(b)));

    [Fact]
    public void AddBackend_OtherSection_IsReadInstead() => Assert.Equal((4, 0), Build(b => Add(b, Configuration.GetSection("Elsewhere"))));

    [Fact]
    public void AddBackend_Code_HasTheLastWord() => Assert.Equal((5, 0), Build(b => Add(b, configure: o => o.Size = 5)));

    [Fact]
    public void AddBackend_Again_KeepsWhatWasConfiguredAndAddsItsOwn()
    {
        Assert.Equal((5, 0), Build(b => Add(Add(b, configure: o => o.Size = 5))));
        Assert.Equal((5, 6), Build(b => Add(Add(b, configure: o => o.Size = 5), configure: o => o.Other = 6)));
        Assert.Equal((4, 6), Build(b => Add(Add(b, configure: o => (o.Size, o.Other) = (5, 6)), Configuration.GetSection("Elsewhere"))));
    }

    [Fact]
    public void AddBackend_Again_RegistersOnce()
    {
        var services = new ServiceCollection();
        Add(Add(services.AddNabla()));
        Assert.Single(services, s => s.ServiceType == typeof(IBackend));
        Assert.Single(services, s => s.ServiceType == typeof(IValidateOptions<SizedOptions>));
    }

    [Fact]
    public async Task Start_InvalidOptions_FailsWithTheValidatorsWords()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Add(builder.Services.AddNabla(o => o.Device = "sized"), Configuration.GetSection("Bad"));
        using var host = builder.Build();
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Size is -1", e.Message, StringComparison.Ordinal);
    }

    private static (int Size, int Other) Build(Action<NablaBuilder> add, bool configured = true)
    {
        var services = new ServiceCollection();
        add(services.AddNabla(configured ? Configuration.GetSection("Nabla") : null));
        using var provider = services.BuildServiceProvider();
        var options = ((SizedBackend)provider.GetServices<IBackend>().Single()).Options;
        return (options.Size, options.Other);
    }

    private static NablaBuilder Add(NablaBuilder builder, IConfiguration? section = null, Action<SizedOptions>? configure = null) =>
        builder.AddBackend<SizedBackend, SizedOptions, SizedOptionsValidator>("Sized", (from, o) => from.Bind(o), section, configure);

    private sealed class SizedOptions
    {
        public int Size { get; set; } = 1;

        public int Other { get; set; }
    }

    private sealed class SizedOptionsValidator : IValidateOptions<SizedOptions>
    {
        public ValidateOptionsResult Validate(string? name, SizedOptions options) =>
            options.Size < 0 ? ValidateOptionsResult.Fail($"Size is {options.Size}") : ValidateOptionsResult.Success;
    }

    private sealed class SizedBackend(IOptions<SizedOptions> options) : IBackend
    {
        public SizedOptions Options => options.Value;

        public string Name => "sized";

        public IReadOnlyList<DeviceInfo> Discover() => [];

        public IDevice Open(DeviceId id) => new FakeDevice(id.Text);
    }
}
