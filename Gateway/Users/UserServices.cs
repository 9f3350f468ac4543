using System.Data.Common;
using Gateway.Operations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

internal static class UserServices
{
    /// <summary>OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA512 with at least 210,000 iterations.</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>NIST SP 800-63B-4 section 3.1.1.2: never under 8; the account page asks for 15.</summary>
    public const int MinPasswordLength = 8;

    /// <summary>Longer ones are refused before they are hashed.</summary>
    public const int MaxPasswordLength = 1024;

    public static void AddUsers(this WebApplicationBuilder builder)
    {
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
        builder.Services.AddScoped<CredentialVerifier>();
        builder.Services.AddScoped<UserDatabaseSetup>();
        builder.Services.AddSingleton<StandInHash>();
        builder.Services.AddSingleton<HashingGate>();
    }

    /// <exception cref="ConfigurationException">The database can't be opened.</exception>
    public static async Task PrepareUserDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<UserDatabaseSetup>().RunAsync(CancellationToken.None);
        }
        catch (DbException exception)
        {
            var source = scope.ServiceProvider.GetRequiredService<UserDatabase>().Database.GetDbConnection().DataSource;
            throw new ConfigurationException($"{UserConnection.Key}: {source} can't be opened: {exception.Message}", exception);
        }
    }
}
