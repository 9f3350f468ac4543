using Gateway.Users;

namespace Gateway.Commands.UserCommands;

/// <summary>A user as JSON, in every command that shows one.</summary>
internal sealed record UserShape(string Id, string? Email, string? Name, IReadOnlyList<string> Roles, bool Disabled, bool HasPassword, DateTime CreatedAt, bool SecondFactor, bool SecondFactorRequired)
{
    public static UserShape Of(GatewayUser user, IReadOnlyList<string> roles) =>
        new(user.Id, user.Email, user.Name, roles, user.Disabled, user.PasswordHash is not null, user.CreatedAt.UtcDateTime, user.TwoFactorEnabled, user.NeedsSecondFactor);
}
