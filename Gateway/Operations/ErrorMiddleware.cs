using System.Data.Common;
using Gateway.Login;
using Gateway.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Operations;

/// <summary>Turns what went wrong into an answer that tells a visitor what to do and an attacker nothing.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            case StoreUnavailableException or DbException or DbUpdateException:
                logger.DependencyFailed(exception.GetType().Name, exception.InnerException?.Message ?? exception.Message);
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
    [LoggerMessage(1400, LogLevel.Warning, "A request was answered with 503: {Failure}: {Reason}")]
    public static partial void DependencyFailed(this ILogger logger, string failure, string reason);

    [LoggerMessage(1401, LogLevel.Error, "A request failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1402, LogLevel.Error, "The changed configuration file could not be read; what was read before stays in force: {Reason}")]
    public static partial void ReloadRefused(this ILogger logger, string reason);
}
