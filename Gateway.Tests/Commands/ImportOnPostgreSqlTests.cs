using Gateway.Tests.Hosting;
using Gateway.Users;

namespace Gateway.Tests.Commands;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class ImportOnPostgreSqlTests
{
    [Fact]
    public Task ManyUsers_OnPostgreSql_AreAddedAndUpdated() => ImportTests.AddAndUpdateAsync();
}
