using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

internal sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Text);

/// <summary>Everything a gateway logged, values and exceptions included, so that tests can look for events and for secrets.</summary>
[ProviderAlias("Captured")]
internal sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogEntry> entries = [];
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<LogEntry> Entries => [.. entries];

    public IReadOnlyList<LogEntry> Of(int eventId) => [.. entries.Where(entry => entry.Event.Id == eventId)];

    public IReadOnlyList<LogEntry> Of(string eventName) => [.. entries.Where(entry => entry.Event.Name == eventName)];

    public IReadOnlyList<LogEntry> Containing(string text) =>
        [.. entries.Where(entry => entry.Text.Contains(text, StringComparison.OrdinalIgnoreCase))];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        // What was logged is read after the gateway has gone, too.
    }

    private sealed class Logger(CapturedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logs.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            List<string?> parts = [formatter(state, exception), exception?.ToString()];
            Add(parts, state);
            logs.scopes.ForEachScope((scope, into) => Add(into, scope), parts);
            logs.entries.Enqueue(new LogEntry(category, logLevel, eventId, string.Join('\n', parts.OfType<string>())));
        }

        private static void Add(List<string?> parts, object? state)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                parts.AddRange(values.Select(value => $"{value.Key}={value.Value}"));
            else
                parts.Add(state?.ToString());
        }
    }
}
