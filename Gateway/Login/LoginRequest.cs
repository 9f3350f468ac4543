using System.Text.Json;
using Gateway.Users;
using Gateway.Users.Passwords;

namespace Gateway.Login;

/// <summary>The fields of a login, from the form or from JSON; both use the same names.</summary>
/// <param name="Code">Of a second factor; in JSON alone, a form has a page of its own for it.</param>
/// <param name="Password">Exactly as received: not trimmed, not cut, not normalized (NIST SP 800-63B-4, 3.1.1.2).</param>
internal sealed record LoginRequest(string Email, string Password, bool Remember, string? ReturnUrl, string? Code = null)
{
    /// <summary>What is wrong with it, or nothing.</summary>
    public LoginFault? Fault() => (Email.Length, PasswordLength.Of(Password)) switch
    {
        (0, _) => new("email", "login.fault.email", "The field email is missing."),
        (_, 0) => new("password", "login.fault.password", "The field password is missing."),
        (_, > UserServices.MaxPasswordLength) => new(
            "password", "login.fault.passwordLength", $"The field password is longer than {UserServices.MaxPasswordLength} characters."),
        _ => null,
    };

    public static LoginRequest From(IFormCollection form) => new(
        EmailAddress.Trim(form["email"].ToString()),
        form["password"].ToString(),
        form["remember"].ToString() is "true" or "on" or "1",
        form["returnUrl"].ToString());

    /// <exception cref="JsonException">The message names the field.</exception>
    public static async Task<LoginRequest> FromJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The body must be a JSON object.");
        return new LoginRequest(
            EmailAddress.Trim(Text(document.RootElement, "email") ?? ""),
            Text(document.RootElement, "password") ?? "",
            Flag(document.RootElement, "remember"),
            Text(document.RootElement, "returnUrl"),
            Text(document.RootElement, "code"));
    }

    private static string? Text(JsonElement body, string field)
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new JsonException($"The field {field} must be a string.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException($"The field {field} is not valid Unicode.", exception);
        }
    }

    private static bool Flag(JsonElement body, string field)
    {
        if (!body.TryGetProperty(field, out var value))
            return false;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new JsonException($"The field {field} must be true or false."),
        };
    }
}
