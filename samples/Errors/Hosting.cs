using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Errors;

internal static class Hosting
{
    public static ServiceProvider Services() =>
        new ServiceCollection().AddNabla().AddCpu().AddOpenCl().AddOnnx().Services.BuildServiceProvider();
}
