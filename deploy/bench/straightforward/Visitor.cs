using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Straightforward;

internal sealed record Visitor(string Id, string Email, string Name, string Role)
{
    public ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Id), new(ClaimTypes.Email, Email), new(ClaimTypes.Name, Name), new(ClaimTypes.Role, Role)],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
