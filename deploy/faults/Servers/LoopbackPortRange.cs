namespace Gateway.Tests.Hosting;

/// <content>The fault suite's ports; the tests, beside which it runs, have others.</content>
internal static partial class LoopbackPort
{
    // Below the range the kernel hands to clients, so that nobody takes the port while its server is down.
    private const int First = 12_000;
    private const int Count = 7_000;
}
