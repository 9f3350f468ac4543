using Gateway.Users;

namespace Gateway.Tests.Users;

public sealed class HashingGateTests
{
    [Fact]
    public async Task Hashes_InAFlood_LeaveAProcessorForOtherRequests()
    {
        using var gate = new HashingGate();
        var (running, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => gate.RunAsync(Hash, TestContext.Current.CancellationToken))));

        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount - 1));

        int Hash()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.SpinWait(100_000);
            return Interlocked.Decrement(ref running);
        }
    }
}
