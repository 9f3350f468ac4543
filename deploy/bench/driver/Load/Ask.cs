using System.Globalization;

namespace Bench.Load;

/// <summary>What a visitor asks for, and how much of everything comes with it.</summary>
internal sealed record Ask
{
    public static readonly Ask Page = new();

    /// <summary>In turns.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/page"];

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>How many cookies of the application follow the gateway's.</summary>
    public int Cookies { get; init; }

    /// <summary>Bytes that are sent; null where nothing is and the method is GET.</summary>
    public int? Body { get; init; }

    /// <summary>Bytes that have to come back.</summary>
    public int Answer { get; init; } = 1024;

    public string Method => Body is null ? "GET" : "POST";

    /// <summary>A Cookie header that begins with those given.</summary>
    public string CookiesAfter(string own) => string.Join("; ", Enumerable.Range(0, Cookies).Select(Cookie).Prepend(own));

    private static string Cookie(int number) => string.Create(CultureInfo.InvariantCulture, $"app{number}=0123456789abcdef");
}
