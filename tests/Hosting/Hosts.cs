using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Nabla.Tests;

/// <summary>Generic hosts as applications build them, configured by JSON.</summary>
internal static class Hosts
{
    public static IHost Create(string json)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        builder.Services.AddNabla(builder.Configuration.GetSection("Nabla")).AddCpu().AddOpenCl().AddOnnx();
        return builder.Build();
    }

    public static async Task<IHost> StartAsync(string json)
    {
        var host = Create(json);
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
