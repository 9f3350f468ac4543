using System.Collections.Concurrent;

namespace Gateway.Users;

/// <summary>
/// Runs password hashes on a part of the processors and behind everything else that wants to run: a hash takes a tenth of a second,
/// and a flood of logins would otherwise stop every other request.
/// </summary>
internal sealed class HashingGate : IDisposable
{
    private readonly Workers workers = new();

    /// <summary>How many hashes run at a time.</summary>
    public static int Width { get; } = Math.Max(1, Environment.ProcessorCount / 4);

    public Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(hash, cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.HideScheduler, workers);

    public void Dispose() => workers.Dispose();

    private sealed class Workers : TaskScheduler, IDisposable
    {
        private readonly BlockingCollection<Task> hashes = [];

        public Workers()
        {
            for (var worker = 0; worker < Width; worker++)
                new Thread(Work) { IsBackground = true, Name = "Password hashing" }.Start();
        }

        public override int MaximumConcurrencyLevel => Width;

        public void Dispose() => hashes.CompleteAdding();

        protected override void QueueTask(Task task) => hashes.Add(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [.. hashes];

        private void Work()
        {
            LowPriority.Take();
            foreach (var hash in hashes.GetConsumingEnumerable())
                TryExecuteTask(hash);
        }
    }
}
