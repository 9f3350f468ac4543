using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Login.KeptForms;

/// <summary>
/// How a confirmed form is sent: the button's own small form goes to the address of the kept one, so that this address is the one that the
/// browser shows and resolves links by, and says in a field which form is to take its place.
/// </summary>
internal static class FormMarker
{
    public const string Field = "gateway-form";

    // An id, an antiforgery token, and their names.
    private const int MostBytes = 2048;

    /// <summary>Whether it is worth a look. A look does no harm: the application gets the same bytes afterwards.</summary>
    public static bool MayBeIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.ContentLength is > 0 and <= MostBytes
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The form that this body asks to send; null for an application's own.</summary>
    public static FormId? Find(byte[] body)
    {
        if (body.Length > MostBytes || body.AsSpan().IndexOf("gateway-form="u8) < 0)
            return null;
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        return fields.TryGetValue(Field, out var value) && FormId.TryParse(value, out var id) ? id : null;
    }

    /// <summary>The whole body, which is there to be read again.</summary>
    public static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body, cancellationToken);
        request.Body = new MemoryStream(body, writable: false);
        return body;
    }
}
