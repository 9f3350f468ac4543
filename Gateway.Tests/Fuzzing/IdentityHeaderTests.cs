using System.Security.Claims;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Fuzzing;

/// <summary>Header names as applications read them.</summary>
public sealed class IdentityHeaderTests
{
    private static readonly string[] Own = ["X-User-Id", "X_Roles"];

    // RFC 9110 section 5.6.2.
    private const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly IdentityHeaders headers = new(new IdentitySettings { Headers = { ["X_Roles"] = "roles" } });

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Elements(TokenCharacters.ToCharArray()).NonEmptyListOf().Select(characters => new string([.. characters])),
        Texts.Of("X", "-", "_", ".", "User", "USER", "Id", "iD", "Roles", "s").Where(IsToken),
        Gen.Elements(Own).SelectMany(own => Gen.Choose(0, int.MaxValue).Select(seed => Respell(own, new Random(seed)))));

    [Fact]
    public void Name_ThatAnApplicationCouldFoldIntoOurs_IsTakenOffAndNoOther() => Fuzz.Holds(Names, name =>
    {
        var sent = new HeaderDictionary { [name] = "forged", ["X-Other"] = "kept" };

        new ForgedHeaders(headers).Strip(sent);

        Assert.Equal(Own.All(own => AsCgi(own) != AsCgi(name)), sent.ContainsKey(name));
        Assert.Equal("kept", sent["X-Other"]);
    });

    [Fact]
    public void Name_OnTheWayToTheApplication_IsOursAlone() => Fuzz.Holds(Names, name =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://app.example/") { Content = new ByteArrayContent([]) };
        if (!request.Headers.TryAddWithoutValidation(name, "forged"))
            request.Content.Headers.TryAddWithoutValidation(name, "forged");

        headers.Strip(request);
        headers.Set(request, new ClaimsPrincipal());

        var left = request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated);
        Assert.DoesNotContain(left, header => Own.Any(own => AsCgi(own) == AsCgi(header.Key)));
    });

    // RFC 3875 section 4.1.18, and every character that is none of a variable's name taken for the separator.
    private static string AsCgi(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));

    private static bool IsToken(string name) => name.Length > 0 && name.All(character => TokenCharacters.Contains(character, StringComparison.Ordinal));

    private static string Respell(string name, Random random) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character)
        ? random.Next(2) == 0 ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character)
        : TokenCharacters[random.Next(15)]));
}
