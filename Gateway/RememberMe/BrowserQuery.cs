using System.Data.Common;
using Gateway.Operations;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>
/// Looks for a remembered browser and its user, in a single statement: when Redis has lost its data, everybody asks it in the same minute.
/// </summary>
internal sealed class BrowserQuery(IConfiguration configuration, IHostEnvironment environment, GatewayMeter meter) : IDisposable
{
    private const string Sql = """
        SELECT b."Id", b."UserId", b."SecretHash", b."Stamp", b."CreatedAt", b."Proofs", b."ProvenAt", b."ExpiresAt",
               u."Email", u."Name", u."SecurityStamp", u."Disabled", u."TwoFactorEnabled", u."NeedsSecondFactor", r."Name"
        FROM "RememberedBrowsers" AS b
        JOIN "Users" AS u ON u."Id" = b."UserId"
        LEFT JOIN "UserRoles" AS m ON m."UserId" = u."Id"
        LEFT JOIN "Roles" AS r ON r."Id" = m."RoleId"
        WHERE b."Id" = @value
        """;

    private readonly PreparedQuery query = new(UserConnection.Source(configuration, environment.ContentRootPath), Sql);

    /// <summary>Whatever they are good for; null when there is no such browser.</summary>
    /// <exception cref="Exception">A <see cref="DatabaseFault"/>: nobody can tell.</exception>
    public async Task<Recognized?> FindAsync(string id, CancellationToken cancellationToken)
    {
        meter.BrowserLookedUp();
        // A row for each role.
        var rows = await query.AskAsync(id, row => (Found: ReadOne(row), Role: row.IsDBNull(14) ? null : row.GetString(14)), cancellationToken);
        if (rows.Count == 0)
            return null;
        var found = rows[0].Found;
        return found with { User = found.User with { Roles = [.. rows.Select(row => row.Role).OfType<string>().Order(StringComparer.Ordinal)] } };
    }

    public void Dispose() => query.Dispose();

    private static Recognized ReadOne(DbDataReader row) => new(
        new RememberedBrowser
        {
            Id = row.GetString(0),
            UserId = row.GetString(1),
            SecretHash = row.GetFieldValue<byte[]>(2),
            Stamp = row.GetString(3),
            CreatedAt = Moment(row, 4),
            Proofs = (Proofs)row.GetInt32(5),
            ProvenAt = Moment(row, 6),
            ExpiresAt = Moment(row, 7),
        },
        new KnownUser(row.GetString(1), row.GetString(8), Text(row, 9), [], KnownUser.StampOf(Text(row, 10)), row.GetBoolean(11))
        {
            HasSecondFactor = row.GetBoolean(12),
            NeedsSecondFactor = row.GetBoolean(13),
        });

    private static DateTimeOffset Moment(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
