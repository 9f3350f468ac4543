using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Micro;

// Not a Program, which is the gateway's here.
internal static class Entry
{
    public static void Main(string[] args)
    {
        // In this process: another toolchain would build and restore a project of its own for each benchmark.
        var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Entry).Assembly).Run(args, config);
    }
}
