using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Login;

/// <summary>What a script is told that has logged in.</summary>
internal sealed record LoggedIn(string UserId, string ReturnUrl);

/// <summary>What a script is told that asks who is signed in.</summary>
/// <param name="ExpiresAt">When the session ends if no further request comes.</param>
internal sealed record SessionDescription(
    string UserId, string Email, string? Name, IReadOnlyList<string> Roles, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, bool Restored);

/// <summary>How they are written, worked out at build time: the first visitor after a start need not wait for it.</summary>
[JsonSerializable(typeof(LoggedIn))]
[JsonSerializable(typeof(SessionDescription))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class LoginAnswersJson : JsonSerializerContext;
