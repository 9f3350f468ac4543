namespace Gateway.Users;

/// <summary>The section <c>Gateway:Users</c>.</summary>
internal sealed class UsersSettings
{
    public const string Section = "Gateway:Users";

    public UserDatabaseProvider Provider { get; set; } = UserDatabaseProvider.Sqlite;
}

internal enum UserDatabaseProvider
{
    Sqlite,
    PostgreSql,
}
