namespace Gateway.Operations.Drain;

/// <summary>
/// After the signal to end every answer says that its connection is over (RFC 9112 section 9.6). A proxy in front keeps connections for
/// later, and one that the server closed by itself would meet a request just sent, which no proxy dares to send twice if it was a POST.
/// </summary>
internal static class DrainMiddleware
{
    public static void UseDrain(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (stopping.IsCancellationRequested)
                context.Response.OnStarting(static state => CloseAsync((HttpContext)state), context);
            return next(context);
        });
    }

    // HTTP/2 says it for the whole connection by itself, and after 101 the connection is no longer one of HTTP.
    private static Task CloseAsync(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
