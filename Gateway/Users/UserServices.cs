using Gateway.Operations;
using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

internal static class UserServices
{
    /// <summary>OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA512 with at least 210,000 iterations.</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>NIST SP 800-63B-4 section 3.1.1.2: never under 8, whoever sets it; what a user chooses must keep <see cref="Passwords.PasswordRules"/>.</summary>
    public const int MinPasswordLength = 8;

    /// <summary>In code points. Longer ones are refused before they are hashed.</summary>
    public const int MaxPasswordLength = 1024;

    private const int ThreadsThatMayWait = 8;

    // A server that starts at the same time.
    private const int AttemptsToStart = 3;

    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromSeconds(1);

    public static void AddUsers(this WebApplicationBuilder builder)
    {
        LeaveThreadsToOthers();
        builder.AddSettings<UsersSettings>(UsersSettings.Section);
        builder.Services.AddDbContext<UserDatabase>(options => options.UseUserDatabase(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services
            .AddIdentityCore<GatewayUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Password = new PasswordOptions
                {
                    RequiredLength = MinPasswordLength,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<UserDatabase>();
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);

        builder.Services.AddScoped<UserDirectory>();
        builder.Services.AddScoped<UserAccounts>();
        builder.Services.AddScoped<UserSearch>();
        builder.Services.AddScoped<CredentialVerifier>();
        builder.Services.AddScoped<UserDatabaseSetup>();
        builder.Services.AddSingleton<StandInHash>();
        builder.Services.AddSingleton<HashingDemand>();
        builder.Services.AddSingleton<HashingGate>();
        builder.Services.AddSingleton<WriteTurns>();
        builder.Services.AddSingleton<DatabaseWatch>();
        builder.Services.AddLegacyHashes();
    }

    // SQLite's calls hold a thread while they wait for a lock or a disk, and the pool takes half a second to add one beyond its minimum.
    private static void LeaveThreadsToOthers()
    {
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + ThreadsThatMayWait, ports);
    }

    /// <exception cref="ConfigurationException">The database can't be opened.</exception>
    public static async Task PrepareUserDatabaseAsync(this WebApplication app)
    {
        for (var attempt = 1; !await IsPreparedAsync(app, isLast: attempt == AttemptsToStart); attempt++)
            await Task.Delay(PauseBetweenAttempts);
    }

    private static async Task<bool> IsPreparedAsync(WebApplication app, bool isLast)
    {
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<UserDatabaseSetup>().RunAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (DatabaseFault.MayPass(exception) && !isLast)
        {
            return false;
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            var source = scope.ServiceProvider.GetRequiredService<UserDatabase>().Database.GetDbConnection().DataSource;
            throw new ConfigurationException($"{UserConnection.Key}: {source} can't be opened: {DatabaseFault.Reason(exception)}", exception);
        }
    }
}
