using System.CommandLine;
using Bench;
using Bench.Growth;

var built = new Option<string>("--built") { Description = "the folder with the published programs", Required = true, Hidden = true };
var rows = new Option<string>("--rows") { Description = "these rows alone, such as gateway,express-1; bare is always one", DefaultValueFactory = _ => "" };
var before = new Option<string?>("--before") { Description = "the folder of another published gateway, as a row more" };
var set = new Option<string[]>("--set") { Description = "a gateway with an environment variable of its own, as a row more: NAME:KEY=VALUE; repeatable" };
var isShort = new Option<bool>("--short") { Description = "a look in about a minute: few rows, few rounds" };
var rounds = new Option<int?>("--rounds") { Description = "how often each row has its turn (16; short: 3)" };
var seconds = new Option<int?>("--seconds") { Description = "how long, in each of both loops (3; short: 1)" };
var warmUp = new Option<int?>("--warm-up") { Description = "seconds before the first round, for each row (10; short: 4)" };
var connections = new Option<int>("--connections") { Description = "kept alive", DefaultValueFactory = _ => 64 };
var rate = new Option<int>("--rate") { Description = "requests a second in the open loop; 0: no open loop", DefaultValueFactory = _ => 1000 };
var grow = new Option<string>("--grow") { Description = $"another table: what more of these costs, with commas between them: {Cases.All}", DefaultValueFactory = _ => "" };
var csv = new Option<string?>("--csv") { Description = "a file for the figures of every round" };

var command = new RootCommand("Measures the gateway beside a bare YARP and other proxies, in interleaved rounds.")
{
    built, rows, before, set, isShort, rounds, seconds, warmUp, connections, rate, csv, grow,
};
command.SetAction((parsed, _) =>
{
    var few = parsed.GetValue(isShort);
    var named = parsed.GetValue(rows)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
    var more = parsed.GetValue(grow)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
    var asked = new Options(
        parsed.GetValue(built)!,
        few && named.Length == 0 ? ["gateway", "cachefor0"] : named,
        parsed.GetValue(before),
        parsed.GetValue(set) ?? [],
        parsed.GetValue(rounds) ?? (few ? 3 : more.Length > 0 ? 20 : 16),
        parsed.GetValue(seconds) ?? (few || more.Length > 0 ? 1 : 3),
        parsed.GetValue(warmUp) ?? (few || more.Length > 0 ? 4 : 10),
        parsed.GetValue(connections),
        more.Length > 0 ? 0 : parsed.GetValue(rate),
        parsed.GetValue(csv),
        more);
    return more.Length > 0 ? GrowthBenchmark.RunAsync(asked) : Benchmark.RunAsync(asked);
});
return await command.Parse(args).InvokeAsync();
