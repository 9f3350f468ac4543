using System.CommandLine;
using Faults;
using Faults.Injected;

var gateway = new Option<string>("--gateway") { Description = "the gateway's assembly", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "Gateway.dll") };
var isShort = new Option<bool>("--short") { Description = "the cheap faults only, each for a shorter time" };
var only = new Option<string[]>("--only") { Description = "these faults alone", AllowMultipleArgumentsPerToken = true };
var list = new Option<bool>("--list") { Description = "the names of the faults" };
var selfTest = new Option<bool>("--self-test") { Description = "inject lies that the suite must find: leaves with 1, or with 3 when one was not found" };
var soak = new Option<string?>("--soak") { Description = "random faults at steady load for so long, such as 30m, with figures of memory and handles" };
var visitors = new Option<int?>("--visitors") { Description = "how many are logged in all the time (60; 24 in the short form)" };
var seed = new Option<int>("--seed") { Description = "what everything random comes from", DefaultValueFactory = _ => Random.Shared.Next(100_000) };
var limit = new Option<int>("--recovery") { Description = "the longest recovery that is good, in seconds", DefaultValueFactory = _ => 5 };

var command = new RootCommand("Injects faults into a gateway under load, and holds every answer against the owner of its cookies.")
{
    gateway, isShort, only, list, selfTest, soak, visitors, seed, limit,
};
command.SetAction(async (parsed, _) =>
{
    var options = new Options(
        parsed.GetValue(gateway)!,
        parsed.GetValue(isShort),
        parsed.GetValue(visitors) ?? (parsed.GetValue(isShort) ? 24 : 60),
        parsed.GetValue(seed),
        TimeSpan.FromSeconds(parsed.GetValue(limit)));
    if (parsed.GetValue(list))
        return Report.List();
    if (parsed.GetValue(soak) is { } length)
        return await new Soak(options).RunAsync(Report.Length(length));
    if (parsed.GetValue(selfTest))
        return Report.SelfTest(await new Suite(options).RunAsync(Catalogue.Lies), options);
    return Report.Rows(await new Suite(options).RunAsync(Report.Chosen(parsed.GetValue(only) ?? [], options)), options);
});
return await command.Parse(args).InvokeAsync();
