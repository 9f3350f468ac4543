using Gateway.Passkeys;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users.Migrations;

/// <summary>The passkeys of users.</summary>
[DbContext(typeof(UserDatabase))]
[Migration("20261128040000_Passkeys")]
internal sealed class Passkeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // The one column that the engines have no common type for.
        var json = migrationBuilder.ActiveProvider?.Contains("PostgreSQL", StringComparison.Ordinal) == true ? "jsonb" : null;
        migrationBuilder.CreateTable(
            "Passkeys",
            table => new
            {
                CredentialId = table.Column<byte[]>(maxLength: PasskeyMapping.IdLength),
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                Data = table.Column<string>(type: json),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Passkeys", passkey => passkey.CredentialId);
                table.ForeignKey("FK_Passkeys_Users_UserId", passkey => passkey.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Passkeys_UserId", "Passkeys", "UserId");
    }
}
