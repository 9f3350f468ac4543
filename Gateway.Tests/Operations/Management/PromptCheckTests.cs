using Gateway.Operations.Management.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Operations.Management;

public sealed class PromptCheckTests
{
    [Fact]
    public async Task Check_OfSomethingThatHangs_AnswersAndAsksOnce()
    {
        using var hanging = new Hanging();
        var check = new PromptCheck("slow", hanging, NullLogger<PromptCheck>.Instance);

        var first = await AskAsync(check);
        var second = await AskAsync(check);
        hanging.End();

        Assert.All([first, second], result => Assert.Equal("did not answer within a second", result.Description));
        Assert.Equal(1, hanging.Asked);
    }

    private static Task<HealthCheckResult> AskAsync(PromptCheck check) =>
        check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    // Blocks its thread and looks at no token, as SQLite's calls do.
    private sealed class Hanging : IProbe, IDisposable
    {
        private readonly ManualResetEventSlim end = new();

        public int Asked { get; private set; }

        public void End() => end.Set();

        public Task AskAsync(CancellationToken cancellationToken)
        {
            Asked++;
            end.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            return Task.CompletedTask;
        }

        public void Dispose() => end.Dispose();
    }
}
