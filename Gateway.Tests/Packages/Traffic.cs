using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Packages;

/// <summary>Writes to and reads from pipes and streams, each within a bound.</summary>
internal static class Traffic
{
    public static async Task SendAsync(this PipeWriter writer, ReadOnlyMemory<byte> bytes)
    {
        using var limit = Deadline.Start();
        await writer.WriteAsync(bytes, limit.Token);
    }

    public static Task SendAsync(this PipeWriter writer, string text) => writer.SendAsync(Encoding.ASCII.GetBytes(text));

    public static async Task SendAsync(this Stream stream, string text)
    {
        using var limit = Deadline.Start();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), limit.Token);
    }

    public static async Task<byte[]> ReceiveAsync(this PipeReader reader, int length)
    {
        using var limit = Deadline.Start();
        var read = await reader.ReadAtLeastAsync(length, limit.Token);
        var bytes = new byte[length];
        read.Buffer.Slice(0, length).CopyTo(bytes);
        reader.AdvanceTo(read.Buffer.GetPosition(length));
        return bytes;
    }

    public static async Task<string> ReceiveTextAsync(this PipeReader reader, int length) =>
        Encoding.ASCII.GetString(await reader.ReceiveAsync(length));

    /// <summary>More than a pipe holds at once: consumed as it comes.</summary>
    public static async Task<byte[]> AllAsync(this PipeReader reader, int length)
    {
        using var limit = Deadline.Start(TimeSpan.FromSeconds(30));
        var bytes = new byte[length];
        await reader.AsStream(leaveOpen: true).ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    /// <summary>True when the other side said that no more will come.</summary>
    public static async Task<bool> EndsAsync(this PipeReader reader)
    {
        using var limit = Deadline.Start();
        var read = await reader.ReadAsync(limit.Token);
        reader.AdvanceTo(read.Buffer.Start);
        return read.IsCompleted && read.Buffer.IsEmpty;
    }

    /// <summary>What comes until the other side says that no more will.</summary>
    public static async Task<string> RestAsync(this Stream stream)
    {
        using var limit = Deadline.Start();
        using var text = new StreamReader(stream, Encoding.ASCII);
        return await text.ReadToEndAsync(limit.Token);
    }
}
