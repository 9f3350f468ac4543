using Gateway.Users;
using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Account;

/// <summary>
/// Holds the hashing of one password, so that something else is decided about its user meanwhile: something that hashes nothing, because
/// that waits for its turn.
/// </summary>
internal sealed class SlowHashing : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim goesOn = new();

    /// <summary>Held the next time that it becomes somebody's.</summary>
    public string? Hashed { get; set; }

    /// <summary>Held the next time that it is compared with somebody's.</summary>
    public string? Checked { get; set; }

    public Task Reached => reached.Task;

    public void AddTo(IServiceCollection services) => services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<GatewayUser>>(
        provider => new Hasher(new LegacyPasswordHasher(provider.GetRequiredService<IOptions<PasswordHasherOptions>>()), this)));

    public void GoOn() => goesOn.Set();

    public void Dispose()
    {
        goesOn.Set();
        goesOn.Dispose();
    }

    private void Hold()
    {
        (Hashed, Checked) = (null, null);
        reached.SetResult();
        if (!goesOn.Wait(Longest, TestContext.Current.CancellationToken))
            throw new TimeoutException("Nobody let the hashing go on.");
    }

    private sealed class Hasher(IPasswordHasher<GatewayUser> inner, SlowHashing hashing) : IPasswordHasher<GatewayUser>
    {
        public string HashPassword(GatewayUser user, string password)
        {
            if (string.Equals(password, hashing.Hashed, StringComparison.Ordinal))
                hashing.Hold();
            return inner.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(GatewayUser user, string hashedPassword, string providedPassword)
        {
            if (string.Equals(providedPassword, hashing.Checked, StringComparison.Ordinal))
                hashing.Hold();
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
