using Gateway.Users;

namespace Gateway.Tests.Users;

public sealed class HashingGateTests
{
    [Fact]
    public async Task Hashes_InAFlood_RunOnAPartOfTheProcessors()
    {
        using var gate = new HashingGate();
        var (running, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => gate.RunAsync(Hash, TestContext.Current.CancellationToken))));

        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount / 4));

        int Hash()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.SpinWait(100_000);
            return Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task Hashes_RunBehindEverythingElse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone tells a thread's nice value in a file.");
        using var gate = new HashingGate();

        var status = await gate.RunAsync(() => File.ReadAllText("/proc/thread-self/stat"), TestContext.Current.CancellationToken);

        // The 19th field (proc_pid_stat(5)), counted after the name, which may hold spaces.
        Assert.Equal("5", status[(status.LastIndexOf(')') + 2)..].Split(' ')[16]);
    }

    [Fact]
    public async Task Hash_ThatFails_FailsItsCallerAlone()
    {
        using var gate = new HashingGate();

        await Assert.ThrowsAsync<FormatException>(() => gate.RunAsync<int>(() => throw new FormatException(), TestContext.Current.CancellationToken));

        Assert.Equal(1, await gate.RunAsync(() => 1, TestContext.Current.CancellationToken));
    }
}
