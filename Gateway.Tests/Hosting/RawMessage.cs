using System.Globalization;
using System.Text;

namespace Gateway.Tests.Hosting;

/// <summary>An HTTP/1.1 request or response as it went over the wire.</summary>
/// <param name="StartLine">The request line or the status line.</param>
/// <param name="HeaderLines">In order, in the sender's spelling.</param>
/// <param name="Body">Without chunk framing.</param>
/// <param name="TrailerLines">What followed the last chunk.</param>
/// <param name="Bytes">All of it, exactly.</param>
internal sealed record RawMessage(
    string StartLine, IReadOnlyList<string> HeaderLines, byte[] Body, IReadOnlyList<string> TrailerLines, byte[] Bytes)
{
    public string Method => StartLine.Split(' ')[0];

    public string Target => StartLine.Split(' ')[1];

    public int Status => int.Parse(StartLine.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Bytes as characters, one to one.</summary>
    public string Text => Encoding.Latin1.GetString(Bytes);

    public string BodyText => Encoding.UTF8.GetString(Body);

    public IReadOnlyList<(string Name, string Value)> Headers => [.. HeaderLines.Select(Split)];

    public IReadOnlyList<string> Values(string name) =>
        [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public static (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }
}
