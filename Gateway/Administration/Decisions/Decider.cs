using System.Text.Json.Nodes;
using Gateway.Account;
using Gateway.Audit;

namespace Gateway.Administration.Decisions;

/// <summary>Who decides about a user: whoever runs a command, or an administrator in their browser.</summary>
internal sealed class Decider
{
    public static readonly Decider Operator = new(context: null);

    private readonly HttpContext? context;

    private Decider(HttpContext? context) => this.context = context;

    /// <param name="context">Of a request below <see cref="Administrators.MapForAdministrators"/>.</param>
    public static Decider Of(HttpContext context) => new(context);

    /// <summary>The event that tells of a decision.</summary>
    public AuditEvent Tell(string action, string userId, params ReadOnlySpan<(string Name, JsonNode? Value)> detail)
    {
        if (context is null)
            return AuditEvent.ByOperator(action, userId, detail);
        return new AuditEvent
        {
            Action = action,
            Actor = AuditParty.User(Visitor.Of(context).User.Id),
            Subject = AuditParty.User(userId),
            Detail = AuditDetail.Of(detail),
        }.From(context);
    }
}
