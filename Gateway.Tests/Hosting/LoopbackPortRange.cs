namespace Gateway.Tests.Hosting;

/// <content>The tests' ports; the fault suite, which runs beside them, has others.</content>
internal static partial class LoopbackPort
{
    // Below the range the kernel hands to clients, so that nobody takes the port while its server is down.
    private const int First = 20_000;
    private const int Count = 10_000;
}
