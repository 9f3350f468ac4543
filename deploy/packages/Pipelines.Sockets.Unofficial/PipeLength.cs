using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>How much a pipe holds: it knows, but doesn't say.</summary>
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
            return 0; // The figure only helps to read a timeout: a runtime without it must not fail.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Length")]
    private static extern long Length(Pipe pipe);
}
