namespace Gateway.Forwarding;

/// <summary>A cookie that belongs to the gateway: no application gets it, and none can set it. Each capability registers its own.</summary>
internal sealed record GatewayCookie(string Name);
