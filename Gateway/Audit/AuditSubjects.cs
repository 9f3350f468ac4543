using System.Security.Cryptography;
using System.Text;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>
/// Finds out whose account was typed at a refused login. Here and not at the login, whose time would tell who is known. An address
/// that is nobody's becomes a keyed hash: equal ones can be told to be equal, and nobody can tell what was typed by trying words.
/// </summary>
internal sealed class AuditSubjects
{
    private const string KeyName = "account-key";
    private const int KeyBytes = 32;
    private const int HashLength = 16;

    private byte[]? key;

    public async Task<IReadOnlyList<AuditEvent>> FindAsync(IReadOnlyList<AuditEvent> events, UserDatabase database, CancellationToken cancellationToken)
    {
        var typed = events.Select(what => what.TypedAccount).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (typed.Count == 0)
            return events;
        var secret = await KeyAsync(database, cancellationToken);
        // PostgreSQL refuses to look for some characters, which no address has.
        var addresses = typed.Where(EmailAddress.IsValid).ToList();
        var users = await database.Users
            .Where(user => addresses.Contains(user.NormalizedEmail!))
            .Select(user => new { user.NormalizedEmail, user.Id })
            .ToListAsync(cancellationToken);
        var known = users.ToLookup(user => user.NormalizedEmail!, user => user.Id, StringComparer.Ordinal);
        return [.. events.Select(what => what.TypedAccount is { } account
            ? what with { Subject = known[account].FirstOrDefault() is { } id ? AuditParty.User(id) : AuditParty.Account(Hash(secret, account)), TypedAccount = null }
            : what)];
    }

    private static string Hash(byte[] secret, string account) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(account)))[..HashLength];

    // One for all nodes: whoever comes second takes the key of the first.
    private async Task<byte[]> KeyAsync(UserDatabase database, CancellationToken cancellationToken)
    {
        if (key is not null)
            return key;
        if (await database.ReadStateAsync(KeyName, cancellationToken) is not { } text)
        {
            await database.AddStateAsync(KeyName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)), cancellationToken);
            text = (await database.ReadStateAsync(KeyName, cancellationToken))!;
        }

        return key = Convert.FromHexString(text);
    }
}
