using System.Data;
using System.Data.Common;
using System.Text;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>Writes events into the user database.</summary>
internal static class AuditRows
{
    private const string Insert = """
        INSERT INTO "AuditEvents" ("At", "Action", "Actor", "Subject", "Address", "UserAgent", "Detail") VALUES
        """;

    // Whoever follows the trail by its numbers must not see a larger one before a smaller. SQLite has one writer in any case;
    // in PostgreSQL a transaction that began earlier may end later (documentation, "Advisory Locks").
    private const string OneAfterTheOther = "SELECT pg_advisory_xact_lock(hashtext('gateway.audit'))";

    private const int MostAtOnce = 1000;
    private const int MostAtOnceInSqlite = 16;

    /// <summary>In a transaction of the caller's, which should end soon: other writers of events wait for it.</summary>
    public static async Task InsertAsync(this UserDatabase database, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (database.Database.IsNpgsql())
            await database.Database.ExecuteSqlRawAsync(OneAfterTheOther, cancellationToken);

        // Not one statement for each: ten thousand browsers may come back at once. Nor one for all: SQLite looks through all parameters for
        // the name of each of them.
        foreach (var some in events.Chunk(database.Database.IsNpgsql() ? MostAtOnce : MostAtOnceInSqlite))
            await InsertSomeAsync(database, some, cancellationToken);
    }

    private static async Task InsertSomeAsync(UserDatabase database, AuditEvent[] events, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder(Insert);
        var parameters = new List<object>();
        await using var factory = database.Database.GetDbConnection().CreateCommand();
        foreach (var what in events)
        {
            sql.Append(parameters.Count == 0 ? " (" : ", (");
            Add(what.At.ToUnixTimeMilliseconds(), DbType.Int64, isFirst: true);
            foreach (var text in (string?[])[what.Action, what.Actor, what.Subject, what.Address, what.UserAgent, what.Detail])
                Add(text, DbType.String, isFirst: false);
            sql.Append(')');
        }

        await database.Database.ExecuteSqlRawAsync(sql.ToString(), parameters, cancellationToken);

        void Add(object? value, DbType type, bool isFirst)
        {
            DbParameter parameter = factory.CreateParameter();
            parameter.ParameterName = $"p{parameters.Count}";
            parameter.DbType = type;
            parameter.Value = value ?? DBNull.Value;
            sql.Append(isFirst ? "@" : ", @").Append(parameter.ParameterName);
            parameters.Add(parameter);
        }
    }
}
