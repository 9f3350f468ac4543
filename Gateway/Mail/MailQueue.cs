using System.Collections.Concurrent;
using Gateway.Audit;
using Gateway.Operations;

namespace Gateway.Mail;

/// <summary>
/// Sends mails behind the visitors' backs, so that no answer tells by its time whether there was one to send. What can't be sent is
/// tried again for some minutes; when the gateway ends, once more and at once.
/// </summary>
internal sealed class MailQueue(Mailer mailer, IServiceScopeFactory scopes, AuditTrail trail, TimeProvider clock, ILogger<MailQueue> logger)
    : IHostedService, IDisposable
{
    private const int Most = 1000;
    private const int AtATime = 4;

    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)];

    private readonly ConcurrentDictionary<Errand, Task> underWay = new();
    private readonly SemaphoreSlim turns = new(AtATime);
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource end = new();

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(Errand errand)
    {
        if (underWay.Count >= Most || ending.IsCancellationRequested)
            return false;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        underWay.TryAdd(errand, done.Task);
        _ = Task.Run(() => RunAsync(errand, done));
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ending.CancelAsync();
            end.CancelAfter(PatienceAtTheEnd);
            await Task.WhenAll(underWay.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Two can stop a host at once: the program, and who started it. The other one was done first.
        }
    }

    public void Dispose()
    {
        turns.Dispose();
        ending.Dispose();
        end.Dispose();
    }

    private async Task RunAsync(Errand errand, TaskCompletionSource done)
    {
        for (var attempt = 1; await TryAsync(errand) is { } failure; attempt++)
        {
            if (failure.IsFinal || attempt > Pauses.Length || ending.IsCancellationRequested)
            {
                GiveUp(errand, failure, attempt);
                break;
            }

            if (attempt == 1)
                logger.MailWaits(errand.Kind, failure.Reason);
            await Task.Delay(Pauses[attempt - 1], clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        underWay.TryRemove(errand, out _);
        done.SetResult();
    }

    // Nothing gets out of here, whatever goes wrong: an errand that did would never be done.
    private async Task<Failure?> TryAsync(Errand errand)
    {
        Letter? letter = null;
        await turns.WaitAsync(CancellationToken.None);
        try
        {
            letter = await WriteAsync(errand);
            if (letter is not null)
                await SendAsync(errand, letter);
            return null;
        }
        catch (MailFailedException exception)
        {
            return new Failure(exception.Message, exception.IsFinal, letter);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return new Failure("the gateway ended", IsFinal: true, letter);
        }
        catch (Exception exception) when (Outages.IsOne(exception))
        {
            return new Failure(exception.GetBaseException().Message, IsFinal: false, letter);
        }
        catch (Exception exception)
        {
            logger.MailBroken(errand.Kind, exception);
            return new Failure("see the log", IsFinal: true, letter);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<Letter?> WriteAsync(Errand errand)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await errand.WriteAsync(scope.ServiceProvider, end.Token);
    }

    private async Task SendAsync(Errand errand, Letter letter)
    {
        await mailer.SendAsync(letter, end.Token);
        logger.MailSent(letter.UserId, errand.Kind);
        errand.Sent(letter, trail);
    }

    private void GiveUp(Errand errand, Failure failure, int attempts)
    {
        var userId = failure.Letter?.UserId;
        logger.MailGivenUp(userId ?? "unknown", attempts, errand.Kind, failure.Reason);
        trail.Note(MailEvents.Failed(userId, errand.Kind, attempts, failure.Reason));
    }

    private sealed record Failure(string Reason, bool IsFinal, Letter? Letter);
}
