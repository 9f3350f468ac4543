using System.CommandLine;
using Gateway.Audit;

namespace Gateway.Commands.AuditCommands;

/// <summary>Which events a command is about.</summary>
internal sealed class AuditOptions
{
    private readonly Option<string?> since = Moment("--since", "Events from this moment on");
    private readonly Option<string?> until = Moment("--until", "Events before this moment");
    private readonly Option<string?> user = new("--user") { Description = "What a user did and what was done to them: an e-mail address or an id" };
    private readonly Option<string?> action = new("--action") { Description = "The beginning of an action, such as login. or user.roles" };
    private readonly Option<string?> text = new("--text") { Description = "A text found in an address, a browser's name or a detail" };

    public IEnumerable<Option> All => [since, until, user, action, text];

    public Task<AuditFilter> ReadAsync(ParseResult parsed, IServiceProvider services) => services.GetRequiredService<AuditFilterReader>().ReadAsync(
        new TypedAuditFilter(parsed.GetValue(since), parsed.GetValue(until), parsed.GetValue(user), parsed.GetValue(action), parsed.GetValue(text)));

    private static Option<string?> Moment(string name, string description)
    {
        var option = new Option<string?>(name) { Description = $"{description}: {PointInTime.Rule}" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ } token] && PointInTime.Parse(token.Value, DateTimeOffset.UnixEpoch.AddYears(300)) is null)
                result.AddError($"'{token.Value}' is no point in time: {PointInTime.Rule}");
        });
        return option;
    }
}
