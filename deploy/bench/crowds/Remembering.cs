using Gateway.RememberMe;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crowds;

/// <summary>
/// Makes many users with a remembered browser each. Ten thousand logins would hash for a quarter of an hour: all users have one hash,
/// and the browsers' rows and signed cookies are written by the gateway's own code without a login.
/// </summary>
internal static class Remembering
{
    public const string Password = "a long pass phrase";

    /// <summary>A file for <c>users import</c>.</summary>
    public static void WriteUsers(int count, TextWriter file)
    {
        var options = Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = UserServices.PasswordIterations });
        var hash = new PasswordHasher<string>(options).HashPassword("", Password);
        file.WriteLine("id,email,name,roles,hash");
        foreach (var person in Enumerable.Range(0, count).Select(Person.Number))
            file.WriteLine($"{person.Id},{person.Email},{person.Name},{string.Join(';', Person.Roles)},{hash}");
    }

    /// <summary>A line for each user of the database: id, e-mail address, and the remembering cookie of their browser.</summary>
    public static async Task WriteBrowsersAsync(TextWriter file)
    {
        await using var gateway = GatewayParts.Build();
        await using var scope = gateway.Services.CreateAsyncScope();
        var (database, protection) = (scope.ServiceProvider.GetRequiredService<UserDatabase>(), scope.ServiceProvider.GetRequiredService<IDataProtectionProvider>());
        var (now, lifetime) = (DateTimeOffset.UtcNow, gateway.Services.GetRequiredService<RememberMeSettings>().Lifetime);
        foreach (var user in await database.Users.AsNoTracking().OrderBy(user => user.Id).ToListAsync())
        {
            var token = RememberMeToken.New();
            database.Add(new RememberedBrowser
            {
                Id = token.BrowserId,
                UserId = user.Id,
                SecretHash = token.SecretHash(),
                Stamp = KnownUser.StampOf(user),
                CreatedAt = now,
                ExpiresAt = now + lifetime,
                UserAgent = "Crowds",
            });
            await file.WriteLineAsync($"{user.Id}\t{user.Email}\t{token.Protect(protection)}");
        }

        await database.SaveChangesAsync();
    }
}
