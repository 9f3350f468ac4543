using System.Runtime.Versioning;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Users;

[UnsupportedOSPlatform("windows")]
public sealed class DatabaseFileTests
{
    [Fact]
    public async Task Database_WhenItIsMade_IsReadableForItsOwnerAlone()
    {
        using var folder = new TempFolder();
        var settings = new GatewaySettings().With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}");

        await GatewayProcess.RunAsync(settings, null, "users", "add", "ann@example.org");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("gateway.db")));
    }
}
