using System.Security.Cryptography;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Faults.Servers;

/// <summary>A legacy application that tells what reached it: user id, cookies and the hash of the body, a line each.</summary>
internal sealed class Destination : IAsyncDisposable
{
    private readonly int port = LoopbackPort.Next();
    private WebApplication? app;
    private TaskCompletionSource? frozen;

    public string Address => $"http://127.0.0.1:{port}/";

    /// <summary>Whether answers break off in the middle.</summary>
    public bool Resets { get; set; }

    /// <summary>Whether now and then it names another user than the gateway did: what the suite must notice.</summary>
    public bool Lies { get; set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    /// <summary>Ends it with whatever is in flight.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app!.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    public void Freeze() => frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var waiting = frozen;
        frozen = null;
        waiting?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Thaw();
        if (app is not null)
            await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (frozen is { } waiting)
            await waiting.Task.WaitAsync(context.RequestAborted);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted));
        var user = context.Request.Headers["X-User-Id"].ToString();
        if (Lies && Random.Shared.Next(4) == 0)
            user += "0";
        var text = $"{user}\n{context.Request.Headers.Cookie}\n{hash}\n";
        context.Response.ContentLength = text.Length;
        if (Resets)
        {
            await context.Response.WriteAsync(text[..(text.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
