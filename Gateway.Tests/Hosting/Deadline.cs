namespace Gateway.Tests.Hosting;

/// <summary>Ends with the test, or after a bound: no read from a socket or a process hangs a run.</summary>
internal static class Deadline
{
    public static CancellationTokenSource Start(TimeSpan? within = null)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(within ?? TimeSpan.FromSeconds(15));
        return source;
    }
}
