namespace Gateway.Tests.Hosting;

/// <content>The benchmark's ports; the tests and the fault suite have others.</content>
internal static partial class LoopbackPort
{
    // Below the range the kernel hands to clients.
    private const int First = 30_000;
    private const int Count = 2_000;
}
