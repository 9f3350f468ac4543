namespace Gateway.Pages;

/// <summary>Tells a person who followed a link or sent a form from a script that asks for data.</summary>
internal static class Navigation
{
    /// <summary>By the Fetch Metadata request headers where the browser sends them, else by method and <c>Accept</c>.</summary>
    public static bool IsNavigation(this HttpRequest request)
    {
        if (string.Equals(request.Headers.XRequestedWith, "XMLHttpRequest", StringComparison.OrdinalIgnoreCase))
            return false;
        if (request.HttpContext.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0)
            return false;

        var mode = request.Headers["Sec-Fetch-Mode"];
        var destination = request.Headers["Sec-Fetch-Dest"];
        if (mode.Count > 0)
            return string.Equals(mode, "navigate", StringComparison.OrdinalIgnoreCase) && !string.Equals(destination, "empty", StringComparison.OrdinalIgnoreCase);
        if (destination.Count > 0)
            return string.Equals(destination, "document", StringComparison.OrdinalIgnoreCase);
        return CanBeAForm(request.Method) && Accepts(request, "text/html");
    }

    /// <summary>A client that wants data and no page: by what it sends, else by what it accepts.</summary>
    public static bool IsJson(this HttpRequest request) =>
        request.HasJsonContentType() || (!request.HasFormContentType && Accepts(request, "application/json") && !Accepts(request, "text/html"));

    private static bool CanBeAForm(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method);

    private static bool Accepts(HttpRequest request, string mediaType) =>
        request.Headers.Accept.Any(value => value?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) == true);
}
