using System.CommandLine;
using Gateway.Audit;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

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

    public async Task<AuditFilter> ReadAsync(ParseResult parsed, IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return new AuditFilter(
            Moment(parsed.GetValue(since), now),
            Moment(parsed.GetValue(until), now),
            parsed.GetValue(user) is { } name ? await IdOfAsync(name, services) : null,
            Action: parsed.GetValue(action),
            Text: parsed.GetValue(text));
    }

    // Somebody who was removed has events still, and no address any more.
    private static async Task<string> IdOfAsync(string name, IServiceProvider services) =>
        (await services.GetRequiredService<UserManager<GatewayUser>>().FindByEmailAsync(EmailAddress.Trim(name)))?.Id ?? name;

    private static DateTimeOffset? Moment(string? typed, DateTimeOffset now) => typed is null ? null : PointInTime.Parse(typed, now);

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
