using Nabla.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, but for a process that runs no tests.
if (WorkerPoolMemoryTests.RunsAsChild())
    return 0;
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
