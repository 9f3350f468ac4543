using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Gateway.Pages;

namespace Gateway.Login.KeptForms;

/// <summary>
/// The id of a kept form: 256 random bits as base64url. It stands in addresses and so in logs and histories; without the browser's
/// cookie it opens nothing.
/// </summary>
internal sealed class FormId
{
    private const int Bytes = 32;
    private const int Characters = 43;
    private const string Folder = "/form/";

    private readonly string value;

    private FormId(string value) => this.value = value;

    /// <summary>What the store calls the form: SHA-256 in lower-case hexadecimal.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(value)));

    public static FormId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static bool TryParse(string? text, [NotNullWhen(true)] out FormId? id)
    {
        id = text is { Length: Characters } && Base64Url.IsValid(text) ? new FormId(text) : null;
        return id is not null;
    }

    /// <summary>Of the page that asks whether the form is to be sent.</summary>
    public string Address(GatewayPaths paths) => paths.PathPrefix + Folder + value;

    /// <summary>Whether somebody who logs in comes to such a page.</summary>
    public static bool IsAddress(string address, GatewayPaths paths) =>
        address.StartsWith(paths.PathPrefix + Folder, StringComparison.Ordinal) && TryParse(address[(paths.PathPrefix.Length + Folder.Length)..], out _);

    public override string ToString() => value;
}
