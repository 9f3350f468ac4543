using Gateway.Pages;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Operations;

/// <summary>Turns what went wrong into an answer that tells a visitor what to do and an attacker nothing.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, Outages outages, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.HasStarted)
                return;
            using var scope = BeginScope(context);
            await AnswerForApplicationAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // What was prepared for an answer that did not come about, above all cookies, would be a lie now.
            context.Response.Clear();
            using var scope = BeginScope(context);
            await AnswerAsync(context, exception);
        }
    }

    // Only what fails says anything, and only then there is need to say which request it was.
    private IDisposable? BeginScope(HttpContext context) => OperationsLog.RequestScope(logger, Problems.RequestId(context));

    // YARP and routing set a status and leave the rest to others.
    private Task AnswerForApplicationAsync(HttpContext context)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure)
            logger.ApplicationFailed(failure.Error, failure.Exception?.GetBaseException().Message ?? "no destination is available");
        else if (context.GetEndpoint() is not null || context.Response.StatusCode != StatusCodes.Status404NotFound)
            return Task.CompletedTask;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.AnswerAsync(context, StatusCodes.Status404NotFound, "Not found", "There is no such page here."),
            StatusCodes.Status502BadGateway => Problems.AnswerAsync(context, StatusCodes.Status502BadGateway, "The site does not answer", "Please try again in a minute."),
            StatusCodes.Status503ServiceUnavailable => Problems.UnavailableAsync(context),
            StatusCodes.Status504GatewayTimeout => Problems.AnswerAsync(context, StatusCodes.Status504GatewayTimeout, "The site takes too long", "Please try again in a minute."),
            _ => Task.CompletedTask,
        };
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            case var _ when Outages.IsOne(exception):
                outages.Tell(exception);
                return Problems.UnavailableAsync(context);
            case BadHttpRequestException bad:
                return Problems.AnswerAsync(context, bad.StatusCode, "Bad request", "The request could not be read.");
            case InvalidDataException:
                return Problems.AnswerAsync(context, StatusCodes.Status400BadRequest, "Bad request", "The form could not be read.");
            default:
                logger.RequestFailed(exception);
                return Problems.AnswerAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong", "Please try again, and tell the operator if it stays.");
        }
    }
}

internal static class Errors
{
    public static void UseErrors(this WebApplication app) => app.UseMiddleware<ErrorMiddleware>();
}

/// <summary>Log events 1400 to 1499.</summary>
internal static partial class OperationsLog
{
    public static readonly Func<ILogger, string, IDisposable?> RequestScope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    [LoggerMessage(1400, LogLevel.Warning, "A request was answered with 503: {Failure}: {Reason}")]
    public static partial void DependencyFailed(this ILogger logger, string failure, string reason);

    [LoggerMessage(1401, LogLevel.Error, "A request failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1402, LogLevel.Error, "The changed configuration file could not be read; what was read before stays in force: {Reason}")]
    public static partial void ReloadRefused(this ILogger logger, string reason);

    [LoggerMessage(1403, LogLevel.Information, "The changed configuration file was read: routes and clusters follow now if they are right, everything else at the next start")]
    public static partial void Reloaded(this ILogger logger);

    [LoggerMessage(1405, LogLevel.Warning, "Destination {Destination} of cluster {Cluster} works on {Most} requests, as many as it may; more are answered with 503")]
    public static partial void DestinationFull(this ILogger logger, string destination, string cluster, int most);

    [LoggerMessage(1404, LogLevel.Warning, "An application could not be asked ({Error}): {Reason}")]
    public static partial void ApplicationFailed(this ILogger logger, ForwarderError error, string reason);
}
