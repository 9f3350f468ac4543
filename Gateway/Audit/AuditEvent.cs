using System.Text.Json.Nodes;
using Gateway.Login.Throttle;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Audit;

/// <summary>
/// Something that somebody did, or tried to do. Never holds a password, a cookie, a token, the id of a session, or what an unknown
/// visitor typed.
/// </summary>
internal sealed record AuditEvent
{
    /// <summary>Numbers rise in the order in which events can be read, on every node: whoever has read up to one has missed none.</summary>
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it, as <see cref="AuditParty"/> writes it; absent when nobody knows.</summary>
    public string? Actor { get; init; }

    /// <summary>Whom it was done to, as <see cref="AuditParty"/> writes it; absent when it was nobody.</summary>
    public string? Subject { get; init; }

    /// <summary>Where from, as the trusted proxies tell it; absent for a command.</summary>
    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>A small JSON object, made by <see cref="AuditDetail"/>.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// The normalized address that was typed, where nobody has looked yet whose it is. Stays in memory: the subject takes its place
    /// before the event is written.
    /// </summary>
    public string? TypedAccount { get; init; }

    /// <summary>What a user did to themselves.</summary>
    public static AuditEvent ByUser(string action, string userId, string? detail = null) =>
        new() { Action = action, Actor = AuditParty.User(userId), Subject = AuditParty.User(userId), Detail = detail };

    /// <summary>What an operator did to a user by a command, with the account of the system that they used.</summary>
    public static AuditEvent ByOperator(string action, string userId, params ReadOnlySpan<(string Name, JsonNode? Value)> detail) => new()
    {
        Action = action,
        Actor = AuditParty.Operator,
        Subject = AuditParty.User(userId),
        Detail = AuditDetail.Of([("as", Environment.UserName), .. detail]),
    };

    /// <summary>The same, done by the client of this request.</summary>
    public AuditEvent From(HttpContext context) => this with
    {
        Address = ClientAddress.Of(context.Connection.RemoteIpAddress).ToString(),
        UserAgent = context.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
    };

    /// <summary>The same within the lengths of the columns: whatever a client sends, it can't keep an event from being written.</summary>
    public AuditEvent Fitted() => this with
    {
        Action = AuditText.Cut(Action, AuditEventMapping.ActionLength)!,
        Actor = AuditText.Cut(Actor, AuditEventMapping.PartyLength),
        Subject = AuditText.Cut(Subject, AuditEventMapping.PartyLength),
        Address = AuditText.Cut(Address, AuditEventMapping.AddressLength),
        UserAgent = AuditText.Cut(UserAgent, AuditEventMapping.UserAgentLength),
        Detail = Detail is { Length: > AuditEventMapping.DetailLength } ? AuditDetail.TooLong : Detail,
    };
}

internal sealed class AuditEventMapping : IEntityTypeConfiguration<AuditEvent>
{
    public const int ActionLength = 64;
    public const int PartyLength = 140;
    public const int AddressLength = 64;
    public const int UserAgentLength = 256;
    public const int DetailLength = 2048;

    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("AuditEvents");
        builder.Ignore(what => what.TypedAccount);
        builder.Property(what => what.Action).HasMaxLength(ActionLength);
        builder.Property(what => what.Actor).HasMaxLength(PartyLength);
        builder.Property(what => what.Subject).HasMaxLength(PartyLength);
        builder.Property(what => what.Address).HasMaxLength(AddressLength);
        builder.Property(what => what.UserAgent).HasMaxLength(UserAgentLength);
        builder.Property(what => what.Detail).HasMaxLength(DetailLength);
        builder.HasIndex(what => what.At);
        builder.HasIndex(what => what.Actor);
        builder.HasIndex(what => what.Subject);
    }
}
