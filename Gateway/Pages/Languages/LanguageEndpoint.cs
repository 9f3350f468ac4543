using Gateway.Login;

namespace Gateway.Pages.Languages;

/// <summary><c>POST /language</c>: the switch that every page has. Works without a script, and for a form of this origin only.</summary>
internal sealed class LanguageEndpoint(GatewayPaths paths, LanguageCookie cookie)
{
    public async Task<IResult> ChooseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This choice was sent by another site.");
        if (!context.Request.HasFormContentType)
            return Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send a form.");

        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (TextCatalog.Find(form["language"]) is not { } language)
            return Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "There is no such language here.");

        cookie.Write(context, language);
        PageHeaders.Add(context);
        context.Response.Headers.Location = ReturnAddress.OnThisOrigin(form["page"]) ?? paths.Login;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
