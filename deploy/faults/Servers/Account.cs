using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace Faults.Servers;

/// <summary>A user of the gateways, as an import takes one.</summary>
internal sealed record Account(string Id)
{
    // One hash for all, of the gateway's own cost, so that no login has to make a better one.
    private static readonly Lazy<string> Hash = new(() =>
        new PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })).HashPassword(new object(), Stage.Password));

    public string Email => $"{Id}@example.org";

    public static Account Number(int number) => new(string.Create(CultureInfo.InvariantCulture, $"user-{number}"));

    public string Line() => JsonSerializer.Serialize(new { id = Id, email = Email, hash = Hash.Value });
}
