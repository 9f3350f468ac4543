using System.Collections.Concurrent;

namespace Gateway.Users;

/// <summary>
/// Runs password hashes on a part of the processors and behind everything else that wants to run: a hash takes a tenth of a second,
/// and a flood of logins would otherwise stop every other request.
/// </summary>
internal sealed class HashingGate(HashingDemand demand) : IDisposable
{
    private readonly Workers workers = new(demand);

    // Of the processors: what is hashed here is not served elsewhere.
    private const double Share = 0.25;

    /// <summary>How many hashes run at a time.</summary>
    public static int Width { get; } = (int)Math.Ceiling(Environment.ProcessorCount * Share);

    // How long a thread rests after a hash while others wait, in times of that: on few processors the share is less than one of them.
    // With nobody waiting there is no flood, and who comes next need not wait for what others have cost.
    private static readonly double Rest = (Width / (Environment.ProcessorCount * Share)) - 1;

    public Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(hash, cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.HideScheduler, workers);

    public void Dispose() => workers.Dispose();

    private sealed class Workers : TaskScheduler, IDisposable
    {
        private readonly BlockingCollection<Task> hashes = [];
        private readonly HashingDemand demand;

        public Workers(HashingDemand demand)
        {
            this.demand = demand;
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
            {
                var start = TimeProvider.System.GetTimestamp();
                TryExecuteTask(hash);
                if (demand.IsThere || hashes.Count > 0)
                    Thread.Sleep(TimeProvider.System.GetElapsedTime(start) * Rest);
            }
        }
    }
}
