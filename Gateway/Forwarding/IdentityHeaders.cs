using System.Net.Http.Headers;
using Gateway.Sessions;

namespace Gateway.Forwarding;

/// <summary>The headers that carry identity: taken off every request in every spelling, then set from the session.</summary>
internal sealed class IdentityHeaders
{
    private readonly string[] names;
    private readonly IdentityTemplate[] templates;

    public IdentityHeaders(IdentitySettings settings)
    {
        names = [settings.UserIdHeader, .. settings.Headers.Keys];
        templates = [new IdentityTemplate("id"), .. settings.Headers.Values.Select(source => new IdentityTemplate(source))];
    }

    /// <summary>Name and value of each header for this session; a header without a value is left out.</summary>
    public IEnumerable<(string Name, string Value)> Of(Session session) =>
        names.Zip(templates, (name, template) => (name, template.ValueFor(session))).Where(header => header.Item2.Length > 0);

    /// <summary>Takes them off what the client sent, in every spelling that an application could take for one of them.</summary>
    public void Strip(IHeaderDictionary headers)
    {
        List<string>? forged = null;
        foreach (var header in headers)
        {
            if (Carries(header.Key))
                (forged ??= []).Add(header.Key);
        }

        forged?.ForEach(name => headers.Remove(name));
    }

    /// <summary>Sets them on what goes to the application, over whatever a configured transform may have put there.</summary>
    public void Set(HttpRequestMessage request, Session? session)
    {
        Strip(request.Headers);
        if (request.Content is { } content)
            Strip(content.Headers);
        if (session is null)
            return;
        foreach (var (name, value) in Of(session))
            request.Headers.TryAddWithoutValidation(name, value);
    }

    private void Strip(HttpHeaders headers)
    {
        foreach (var name in headers.NonValidated.Where(header => Carries(header.Key)).Select(header => header.Key).ToList())
            headers.Remove(name);
    }

    private bool Carries(string name)
    {
        foreach (var own in names)
        {
            if (FoldedName.Equal(name, own))
                return true;
        }

        return false;
    }
}
