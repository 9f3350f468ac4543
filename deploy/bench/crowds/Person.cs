using System.Globalization;
using Gateway.Users;

namespace Crowds;

/// <summary>The user of a number: always the same, with a name and an address of usual length.</summary>
internal sealed record Person(string Id, string Email, string Name)
{
    private static readonly string[] First =
    [
        "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Greta", "Hannah", "Ivan", "Julia", "Karim", "Laura", "Martin", "Nadia", "Oliver", "Paula",
        "Quentin", "Robert", "Sophia", "Thomas", "Ursula", "Valentin", "Wilhelmina", "Xavier", "Yvonne", "Zacharias",
    ];

    private static readonly string[] Last =
    [
        "Adams", "Becker", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hoffmann", "Ivanova", "Jensen", "Kowalski", "Lindqvist", "Mitchell",
        "Novak", "O'Brien", "Papadopoulos", "Quist", "Richter", "Schneider", "Thompson", "Urban", "Vasquez", "Weber", "Young", "Zimmermann",
    ];

    public static readonly IReadOnlyList<string> Roles = ["editor", "reader"];

    public static Person Number(int number)
    {
        var (first, last) = (First[number % First.Length], Last[number / First.Length % Last.Length]);
        var local = $"{first}.{last.Replace("'", "", StringComparison.Ordinal)}".ToLowerInvariant();
        // The second of a name has a number in the address, as everywhere.
        int? namesakes = number / (First.Length * Last.Length) is > 0 and var count ? count : null;
        var email = string.Create(CultureInfo.InvariantCulture, $"{local}{namesakes}@example.org");
        return new Person((100_000 + number).ToString(CultureInfo.InvariantCulture), email, $"{first} {last}");
    }

    public KnownUser Known(string stamp) => new(Id, Email, Name, Roles, stamp, Disabled: false);
}
