using Gateway.RememberMe;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users.Migrations;

/// <summary>The tables that are the gateway's own; the others are Identity's.</summary>
internal sealed partial class InitialTables
{
    private static void CreateRememberedBrowsers(MigrationBuilder migration)
    {
        migration.CreateTable(
            "RememberedBrowsers",
            table => new
            {
                Id = table.Column<string>(maxLength: RememberedBrowser.IdLength),
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                SecretHash = table.Column<byte[]>(maxLength: 32),
                Stamp = table.Column<string>(maxLength: 32),
                CreatedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                UserAgent = table.Column<string>(maxLength: RememberedBrowserMapping.UserAgentLength, nullable: true),
                Address = table.Column<string>(maxLength: 64, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RememberedBrowsers", browser => browser.Id);
                table.ForeignKey("FK_RememberedBrowsers_Users_UserId", browser => browser.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_RememberedBrowsers_UserId", "RememberedBrowsers", "UserId");
        migration.CreateIndex("IX_RememberedBrowsers_ExpiresAt", "RememberedBrowsers", "ExpiresAt");
    }

    private static void CreateKeysAndChanges(MigrationBuilder migration)
    {
        migration.CreateTable(
            "DataProtectionKeys",
            table => new
            {
                Name = table.Column<string>(maxLength: 128),
                Xml = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_DataProtectionKeys", key => key.Name));

        migration.CreateTable(
            "UserChanges",
            table => new
            {
                Id = Numbered(table.Column<long>()),
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                At = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_UserChanges", change => change.Id));
        migration.CreateIndex("IX_UserChanges_At", "UserChanges", "At");
    }
}
