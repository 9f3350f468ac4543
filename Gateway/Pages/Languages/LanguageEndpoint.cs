using Gateway.Login;

namespace Gateway.Pages.Languages;

/// <summary><c>POST /language</c>: the switch that every page has. Works without a script, and for a form of this origin only.</summary>
internal sealed class LanguageEndpoint(GatewayPaths paths, LanguageCookie cookie)
{
    /// <summary>Of the switch's button.</summary>
    public const string Field = "language";

    public async Task<IResult> ChooseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This choice was sent by another site.");
        if (!context.Request.HasFormContentType)
            return Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send a form.");
        return Choose(context, await FormBody.ReadAsync(context.Request, cancellationToken));
    }

    /// <summary>The same of a form that came to the page's own address.</summary>
    public IResult Choose(HttpContext context, IFormCollection form)
    {
        if (TextCatalog.Find(form[Field]) is not { } language)
            return Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "There is no such language here.");

        cookie.Write(context, language);
        return PageResults.GoTo(context, ReturnAddress.OnThisOrigin(form["page"]) ?? paths.Login);
    }
}
