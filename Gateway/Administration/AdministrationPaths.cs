using Gateway.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Administration;

/// <summary>Where the pages and forms of the administration are.</summary>
internal sealed class AdministrationPaths(GatewayPaths paths)
{
    public string Overview => paths.Administration;

    public string Users => paths.Administration + "/users";

    public string NewUser => paths.Administration + "/users/new";

    public string Audit => paths.Administration + "/audit";

    public string AuditDownload => paths.Administration + "/audit/export";

    // Ids may have slashes and dots in them, which no path takes.
    public string User(string id) => $"{paths.Administration}/user?id={Uri.EscapeDataString(id)}";

    /// <param name="name">Of a form of the user's page, such as <c>disable</c>.</param>
    public string Form(string name, string id) => $"{paths.Administration}/user/{name}?id={Uri.EscapeDataString(id)}";

    /// <summary>The same page with parameters, as far as they have values.</summary>
    public static string With(string page, params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString(page, parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));

    /// <summary>What happened to a user, and what they did.</summary>
    public string AuditOf(string id) => $"{Audit}?user={Uri.EscapeDataString(id)}";
}
