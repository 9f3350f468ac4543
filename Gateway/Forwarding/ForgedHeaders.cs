namespace Gateway.Forwarding;

/// <summary>
/// Takes off a request what only the gateway may say. What is forged is gone before anything else looks at the request, on public
/// routes and on error paths too.
/// </summary>
internal sealed class ForgedHeaders(IdentityHeaders identity)
{
    public void Strip(IHeaderDictionary headers)
    {
        List<string>? forged = null;
        foreach (var header in headers)
        {
            if (identity.Carries(header.Key) || AddressHeaders.Mislead(header.Key))
                (forged ??= []).Add(header.Key);
        }

        forged?.ForEach(name => headers.Remove(name));
    }
}

internal static class Stripping
{
    public static void UseIdentityStripping(this WebApplication app)
    {
        var forged = app.Services.GetRequiredService<ForgedHeaders>();
        app.Use((context, next) =>
        {
            forged.Strip(context.Request.Headers);
            return next(context);
        });
    }
}
