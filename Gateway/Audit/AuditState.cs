using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Audit;

/// <summary>A value that the nodes share about the trail.</summary>
internal sealed class AuditState
{
    public required string Name { get; init; }

    public required string Value { get; init; }
}

internal sealed class AuditStateMapping : IEntityTypeConfiguration<AuditState>
{
    public const int NameLength = 32;
    public const int ValueLength = 512;

    public void Configure(EntityTypeBuilder<AuditState> builder)
    {
        builder.ToTable("AuditStates");
        builder.HasKey(state => state.Name);
        builder.Property(state => state.Name).HasMaxLength(NameLength);
        builder.Property(state => state.Value).HasMaxLength(ValueLength);
    }
}

internal static class AuditStates
{
    public static Task<string?> ReadStateAsync(this UserDatabase database, string name, CancellationToken cancellationToken) =>
        database.Set<AuditState>().Where(state => state.Name == name).Select(state => state.Value).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The first of several nodes is heard, the others change nothing.</summary>
    public static Task<int> AddStateAsync(this UserDatabase database, string name, string value, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"""INSERT INTO "AuditStates" ("Name", "Value") VALUES ({name}, {value}) ON CONFLICT DO NOTHING""", cancellationToken);

    /// <summary>False when another node has changed it since.</summary>
    public static async Task<bool> TryChangeStateAsync(this UserDatabase database, string name, string from, string to, CancellationToken cancellationToken) =>
        await database.Set<AuditState>()
            .Where(state => state.Name == name && state.Value == from)
            .ExecuteUpdateAsync(update => update.SetProperty(state => state.Value, to), cancellationToken) > 0;
}
