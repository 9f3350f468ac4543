using System.Collections.Concurrent;
using Gateway.Users;

namespace Gateway.Tests.Users;

public sealed class HashingGateTests
{
    [Fact]
    public async Task Hashes_InAFlood_RunOnAPartOfTheProcessors()
    {
        using var gate = new HashingGate(new HashingDemand());
        var (running, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => gate.RunAsync(Hash, TestContext.Current.CancellationToken))));

        Assert.InRange(most, 1, HashingGate.Width);

        int Hash()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.SpinWait(100_000);
            return Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task Hashes_InAFlood_LeaveThreeQuartersOfTheTimeToOthers()
    {
        using var gate = new HashingGate(new HashingDemand());
        var busy = new ConcurrentBag<TimeSpan>();
        var start = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 12 * HashingGate.Width).Select(_ => gate.RunAsync(Hash, TestContext.Current.CancellationToken)));

        var share = TimeProvider.System.GetElapsedTime(start) * (Environment.ProcessorCount / 4.0);
        // The rest after the last ones is not waited for.
        Assert.True(busy.Sum(one => one.TotalSeconds) - (busy.Max().TotalSeconds * HashingGate.Width) <= share.TotalSeconds);

        int Hash()
        {
            var began = TimeProvider.System.GetTimestamp();
            Thread.SpinWait(1_000_000);
            busy.Add(TimeProvider.System.GetElapsedTime(began));
            return 0;
        }
    }

    [Fact]
    public async Task Hashes_RunBehindEverythingElse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone tells a thread's nice value in a file.");
        using var gate = new HashingGate(new HashingDemand());

        var status = await gate.RunAsync(() => File.ReadAllText("/proc/thread-self/stat"), TestContext.Current.CancellationToken);

        // The 19th field (proc_pid_stat(5)), counted after the name, which may hold spaces.
        Assert.Equal("10", status[(status.LastIndexOf(')') + 2)..].Split(' ')[16]);
    }

    [Fact]
    public async Task Hash_ThatFails_FailsItsCallerAlone()
    {
        using var gate = new HashingGate(new HashingDemand());

        await Assert.ThrowsAsync<FormatException>(() => gate.RunAsync<int>(() => throw new FormatException(), TestContext.Current.CancellationToken));

        Assert.Equal(1, await gate.RunAsync(() => 1, TestContext.Current.CancellationToken));
    }
}
