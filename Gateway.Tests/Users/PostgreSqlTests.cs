using Gateway.Tests.Hosting;
using Gateway.Tests.KeyRing;
using Gateway.Tests.Login;
using Gateway.Tests.Recovery;
using Gateway.Tests.RememberMe;
using Gateway.Tests.Sessions;
using Gateway.Users;

// One class for each that has to do with the user database in every story: what is true with SQLite is true with PostgreSQL.
// GATEWAY_TEST_USERS=PostgreSql runs all others with it as well.
namespace Gateway.Tests.Users;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class CredentialOnPostgreSqlTests : CredentialTests;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class LoginJsonOnPostgreSqlTests(SharedRedis redis) : LoginJsonTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class LogoutOnPostgreSqlTests(SharedRedis redis) : LogoutTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class LogoutRaceOnPostgreSqlTests(SharedRedis redis) : LogoutRaceTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class RestoreOnPostgreSqlTests(SharedRedis redis) : RestoreTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class ParallelRestoreOnPostgreSqlTests(SharedRedis redis) : ParallelRestoreTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class WorthlessCookieOnPostgreSqlTests(SharedRedis redis) : WorthlessCookieTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class LifetimeOnPostgreSqlTests : LifetimeTests;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class KeyRingOnPostgreSqlTests(SharedRedis redis) : KeyRingTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class UserChangeOnPostgreSqlTests(SharedRedis redis) : UserChangeTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class UserChangeFollowerOnPostgreSqlTests(SharedRedis redis) : UserChangeFollowerTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class PasswordHashOnPostgreSqlTests(SharedRedis redis) : PasswordHashTests(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class UserIdOnPostgreSqlTests : UserIdTests;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class ResetLinkOnPostgreSqlTests : ResetLinkTests;
