using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Login.KeptForms;

/// <summary>What the confirming page tells of a form, so that its sender knows it again: names, shortened values, the names of files.</summary>
public sealed record FormFields(IReadOnlyList<FormField> Shown, int More)
{
    private const int Most = 40;
    private const int LongestName = 80;
    private const int LongestValue = 200;

    // In memory, whatever the size: the framework would write larger files to the disk, in the clear.
    private static readonly FormOptions InMemory = new() { MemoryBufferThreshold = int.MaxValue };

    private static readonly string[] Secret =
        ["pass", "pwd", "kennwort", "mima", "secret", "token", "csrf", "xsrf", "nonce", "otp", "cvc", "cvv", "senha", "contrase", "密码", "口令"];

    // Too short to be looked for within a name.
    private static readonly string[] SecretName = ["pw", "pin", "mdp"];

    /// <summary>Null when the body is not what its type says.</summary>
    internal static async Task<FormFields?> OfAsync(KeptForm form, CancellationToken cancellationToken)
    {
        try
        {
            var all = await ReadAsync(form, cancellationToken);
            return new FormFields([.. all.Take(Most)], Math.Max(0, all.Count - Most));
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static async Task<List<FormField>> ReadAsync(KeptForm form, CancellationToken cancellationToken)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.ContentLength) = (HttpMethods.Post, form.ContentType, form.Body.Length);
        request.Body = new MemoryStream(form.Body, writable: false);
        if (!request.HasFormContentType)
            return PlainText(form.Body);
        var read = await new FormFeature(request, InMemory).ReadFormAsync(cancellationToken);
        return
        [
            .. read.SelectMany(field => field.Value.Select(value => Text(field.Key, value ?? ""))),
            .. read.Files.Select(file => new FormField(Cut(file.Name, LongestName), Cut(file.FileName, LongestValue), FileSize: file.Length)),
        ];
    }

    // The type text/plain of HTML: a line for each field.
    private static List<FormField> PlainText(byte[] body) =>
    [
        .. Encoding.UTF8.GetString(body).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Select(parts => Text(parts[0], parts.Length > 1 ? parts[1] : "")),
    ];

    private static FormField Text(string name, string value) =>
        Array.Exists(Secret, part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(SecretName, known => name.Equals(known, StringComparison.OrdinalIgnoreCase))
            ? new FormField(Cut(name, LongestName), Value: null)
            : new FormField(Cut(name, LongestName), Cut(value, LongestValue));

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }
}

/// <param name="Value">Null when its name suggests a secret. Of a file, its name.</param>
/// <param name="FileSize">In bytes; null for what is no file.</param>
public sealed record FormField(string Name, string? Value, long? FileSize = null);
