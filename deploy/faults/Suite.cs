using Faults.Injected;
using Faults.Load;
using Faults.Servers;

namespace Faults;

/// <summary>The faults one after another, those with the same needs on one stage.</summary>
internal sealed class Suite(Options options)
{
    public async Task<IReadOnlyList<Row>> RunAsync(IEnumerable<Fault> faults)
    {
        var rows = new List<Row>();
        foreach (var group in faults.GroupBy(fault => fault.Needs))
        {
            rows.AddRange(group.Where(fault => fault.Obstacle() is not null).Select(fault => new Row(fault.Name, null, null, null, fault.Obstacle())));
            if (group.Where(fault => fault.Obstacle() is null).ToList() is { Count: > 0 } possible)
                await RunAsync(group.Key, possible, rows);
        }

        return rows;
    }

    private async Task RunAsync(StageNeeds needs, List<Fault> faults, List<Row> rows)
    {
        await using var stage = await Stage.StartAsync(options.Gateway, options.Seed, needs, Crowd.AccountsFor(options.Visitors));
        await using var crowd = await Crowd.StartAsync(stage, options.Visitors, options.Seed);
        var injection = new Injection(crowd, TimeSpan.FromSeconds(options.IsShort ? 2 : 6), options.Limit);
        foreach (var fault in faults)
        {
            var row = await injection.RunAsync(fault, options.IsShort ? fault.LastsShort : fault.Lasts);
            rows.Add(row);
            await Report.ProgressAsync(row);
        }
    }
}
