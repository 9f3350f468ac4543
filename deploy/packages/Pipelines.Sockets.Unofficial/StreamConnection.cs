using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Pipes over a stream, which is how StackExchange.Redis speaks TLS and goes through tunnels.</summary>
public static class StreamConnection
{
    public static IDuplexPipe GetDuplex(Stream stream, PipeOptions? sendPipeOptions, PipeOptions? receivePipeOptions, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new Duplex(stream, sendPipeOptions, receivePipeOptions, name);
    }

    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions(pipeOptions?.Pool));

    private sealed class Duplex : IMeasuredDuplexPipe, IDisposable
    {
        private readonly Stream stream;
        private readonly StreamPump pump;
        private readonly string name;

        internal Duplex(Stream stream, PipeOptions? sendPipeOptions, PipeOptions? receivePipeOptions, string? name)
        {
            this.stream = stream;
            this.name = name ?? nameof(StreamConnection);
            pump = new StreamPump(stream, sendPipeOptions, receivePipeOptions);
            pump.Start();
        }

        public PipeReader Input => pump.Input;
        public PipeWriter Output => pump.Output;
        public long TotalBytesSent => pump.BytesSent;
        public long TotalBytesReceived => pump.BytesReceived;

        public void Dispose() => stream.Dispose();

        public override string ToString() => name;
    }
}
