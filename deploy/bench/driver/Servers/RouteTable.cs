using System.Text.Json;

namespace Bench.Servers;

/// <summary>An appsettings.json with so many routes to the site, in the folder of who reads it: one for everything, and one for each of many applications.</summary>
internal sealed class RouteTable
{
    /// <summary>The header by which an answer tells how often the file was changed.</summary>
    public const string ChangeHeader = "X-Change";

    private readonly string site;
    private readonly int count;
    private readonly bool withRoles;

    /// <param name="withRoles">Each application asks for a role, and names one that everybody has and one of its own.</param>
    public RouteTable(string folder, string site, int count, bool withRoles = false)
    {
        (Folder, this.site, this.count, this.withRoles) = (folder, site, count, withRoles);
        Write(change: 0);
    }

    public string Folder { get; }

    /// <summary>Only the last route ever changes.</summary>
    public string Changing => Paths(count)[^1];

    /// <summary>A path on each of so many routes.</summary>
    public static IReadOnlyList<string> Paths(int count) => [.. Enumerable.Range(0, count).Select(number => Prefix(number) + "/page")];

    public void Write(int change) => File.WriteAllText(Path.Combine(Folder, "appsettings.json"), JsonSerializer.Serialize(new
    {
        ReverseProxy = new
        {
            Routes = Enumerable.Range(0, count).ToDictionary(number => $"app{number}", number => Route(number, change), StringComparer.Ordinal),
            Clusters = new { site = new { Destinations = new { one = new { Address = site } } } },
        },
    }));

    private Dictionary<string, object> Route(int number, int change)
    {
        var route = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["ClusterId"] = "site",
            ["Match"] = new { Path = Prefix(number) + "/{**path}" },
        };
        if (withRoles)
            route["AuthorizationPolicy"] = $"Role:editor,team{number}";
        if (number == count - 1 && change > 0)
            route["Transforms"] = new[] { new { ResponseHeader = ChangeHeader, Set = $"{change}" } };
        return route;
    }

    private static string Prefix(int number) => number == 0 ? "" : $"/app{number}";
}
