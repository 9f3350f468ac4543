using Gateway.SecondFactor;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users.Migrations;

/// <summary>What visitors have shown, and what they show it by.</summary>
[DbContext(typeof(UserDatabase))]
[Migration("20261128030000_Proofs")]
internal sealed class Proofs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // The defaults are those of a gateway of before that serves beside this one: the password alone, and long ago.
        migrationBuilder.AddColumn<int>("Proofs", "RememberedBrowsers", defaultValue: 1);
        migrationBuilder.AddColumn<long>("ProvenAt", "RememberedBrowsers", defaultValue: 0L);
        migrationBuilder.Sql("""UPDATE "RememberedBrowsers" SET "ProvenAt" = "CreatedAt" """);
        migrationBuilder.AddColumn<bool>("NeedsSecondFactor", "Users", defaultValue: false);

        migrationBuilder.CreateTable(
            "TotpKeys",
            table => new
            {
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                Secret = table.Column<string>(maxLength: TotpKeyMapping.SecretLength),
                LastStep = table.Column<long>(),
                CreatedAt = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_TotpKeys", key => key.UserId);
                table.ForeignKey("FK_TotpKeys_Users_UserId", key => key.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "RecoveryCodes",
            table => new
            {
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                Hash = table.Column<string>(maxLength: RecoveryCodeMapping.HashLength),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RecoveryCodes", code => new { code.UserId, code.Hash });
                table.ForeignKey("FK_RecoveryCodes_Users_UserId", code => code.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
    }
}
