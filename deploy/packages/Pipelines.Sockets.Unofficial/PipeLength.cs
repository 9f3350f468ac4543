using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>How much a pipe holds: it knows, but doesn't say. Used for the figures in StackExchange.Redis's timeout messages.</summary>
internal static class PipeLength
{
    internal static long Of(Pipe pipe)
    {
        try
        {
            return Length(pipe);
        }
        catch (MissingMethodException)
        {
            return 0; // A diagnostic figure must not fail on a runtime that renamed it.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Length")]
    private static extern long Length(Pipe pipe);
}
