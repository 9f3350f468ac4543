using Gateway.Users;
using Xunit.v3;

namespace Gateway.Tests.Hosting;

/// <summary>Which engine has the users of the gateways of a class of tests.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UsersOnAttribute(UserDatabaseProvider provider) : Attribute
{
    private const string Variable = "GATEWAY_TEST_USERS";

    // SQLite unless the whole run is to be of the other one.
    private static readonly UserDatabaseProvider OfTheRun =
        Enum.Parse<UserDatabaseProvider>(Environment.GetEnvironmentVariable(Variable) ?? nameof(UserDatabaseProvider.Sqlite));

    public static UserDatabaseProvider OfThisTest => OfClass(TestContext.Current.TestClass as IXunitTestClass) ?? OfTheRun;

    public UserDatabaseProvider Provider => provider;

    private static UserDatabaseProvider? OfClass(IXunitTestClass? tests) =>
        (tests is null ? null : (UsersOnAttribute?)GetCustomAttribute(tests.Class, typeof(UsersOnAttribute)))?.Provider;
}
