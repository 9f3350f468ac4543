using System.Net.Http.Headers;
using System.Security.Claims;
using Gateway.Sessions;

namespace Gateway.Forwarding;

/// <summary>The headers that carry identity: taken off every request in every spelling, then set from the session.</summary>
internal sealed class IdentityHeaders
{
    private readonly string[] names;
    private readonly string[] alsoSetByProxy;
    private readonly IdentityTemplate[] templates;

    public IdentityHeaders(IdentitySettings settings)
    {
        names = [settings.UserIdHeader, .. settings.Headers.Keys];
        alsoSetByProxy = [.. names.Where(AddressHeaders.IsReplaced)];
        templates = [new IdentityTemplate("id"), .. settings.Headers.Values.Select(source => new IdentityTemplate(source))];
    }

    /// <summary>Name and value of each header for this principal; a header without a value is left out, and nobody has none.</summary>
    public (string Name, string Value)[] Of(ClaimsPrincipal user) =>
        user is SessionPrincipal principal ? principal.Headers ??= Make(principal.Session) : [];

    /// <summary>Whether an application could take a header of this name for one of them.</summary>
    public bool Carries(string name)
    {
        foreach (var own in names)
        {
            if (FoldedName.Equal(name, own))
                return true;
        }

        return false;
    }

    /// <summary>Takes off, in every spelling, what a configured transform may have put there.</summary>
    public void Strip(HttpRequestMessage request)
    {
        Strip(request.Headers);
        if (request.Content is { } content)
            Strip(content.Headers);
    }

    /// <summary>Sets them on what goes to the application, and nothing beside them under the same names.</summary>
    public void Set(HttpRequestMessage request, ClaimsPrincipal user)
    {
        foreach (var name in alsoSetByProxy)
            request.Headers.Remove(name);
        foreach (var (name, value) in Of(user))
            request.Headers.TryAddWithoutValidation(name, value);
    }

    private void Strip(HttpHeaders headers)
    {
        List<string>? forged = null;
        foreach (var header in headers.NonValidated)
        {
            if (Carries(header.Key))
                (forged ??= []).Add(header.Key);
        }

        forged?.ForEach(name => headers.Remove(name));
    }

    private (string Name, string Value)[] Make(Session session) =>
        [.. names.Zip(templates, (name, template) => (name, template.ValueFor(session))).Where(header => header.Item2.Length > 0)];
}
