using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Gateway.Users.Migrations;

/// <summary>
/// The tables of the first release. Written by hand for every engine at once: columns name their CLR type, and the engine's provider
/// chooses its own. A test compares the outcome with the model.
/// </summary>
[DbContext(typeof(UserDatabase))]
[Migration("20261122000000_InitialTables")]
internal sealed partial class InitialTables : Migration
{
    private const int NameLength = 256;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateUsers(migrationBuilder);
        CreateRoles(migrationBuilder);
        CreateClaims(migrationBuilder);
        CreateLoginsAndTokens(migrationBuilder);
        CreateRememberedBrowsers(migrationBuilder);
        CreateKeysAndChanges(migrationBuilder);
    }

    private static void CreateUsers(MigrationBuilder migration)
    {
        migration.CreateTable(
            "Users",
            table => new
            {
                Id = table.Column<string>(maxLength: UserId.MaxLength),
                Name = table.Column<string>(maxLength: NameLength, nullable: true),
                Disabled = table.Column<bool>(),
                CreatedAt = table.Column<long>(),
                UserName = table.Column<string>(maxLength: NameLength, nullable: true),
                NormalizedUserName = table.Column<string>(maxLength: NameLength, nullable: true),
                Email = table.Column<string>(maxLength: NameLength, nullable: true),
                NormalizedEmail = table.Column<string>(maxLength: NameLength, nullable: true),
                EmailConfirmed = table.Column<bool>(),
                PasswordHash = table.Column<string>(nullable: true),
                SecurityStamp = table.Column<string>(nullable: true),
                ConcurrencyStamp = table.Column<string>(nullable: true),
                PhoneNumber = table.Column<string>(nullable: true),
                PhoneNumberConfirmed = table.Column<bool>(),
                TwoFactorEnabled = table.Column<bool>(),
                LockoutEnd = table.Column<long>(nullable: true),
                LockoutEnabled = table.Column<bool>(),
                AccessFailedCount = table.Column<int>(),
            },
            constraints: table => table.PrimaryKey("PK_Users", user => user.Id));
        migration.CreateIndex("EmailIndex", "Users", "NormalizedEmail");
        migration.CreateIndex("UserNameIndex", "Users", "NormalizedUserName", unique: true);
    }

    private static void CreateRoles(MigrationBuilder migration)
    {
        migration.CreateTable(
            "Roles",
            table => new
            {
                Id = table.Column<string>(),
                Name = table.Column<string>(maxLength: NameLength, nullable: true),
                NormalizedName = table.Column<string>(maxLength: NameLength, nullable: true),
                ConcurrencyStamp = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Roles", role => role.Id));
        migration.CreateIndex("RoleNameIndex", "Roles", "NormalizedName", unique: true);

        migration.CreateTable(
            "UserRoles",
            table => new
            {
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                RoleId = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserRoles", membership => new { membership.UserId, membership.RoleId });
                table.ForeignKey("FK_UserRoles_Roles_RoleId", membership => membership.RoleId, "Roles", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_UserRoles_Users_UserId", membership => membership.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_UserRoles_RoleId", "UserRoles", "RoleId");
    }

    private static void CreateClaims(MigrationBuilder migration)
    {
        migration.CreateTable(
            "RoleClaims",
            table => new
            {
                Id = Numbered(table.Column<int>()),
                RoleId = table.Column<string>(),
                ClaimType = table.Column<string>(nullable: true),
                ClaimValue = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RoleClaims", claim => claim.Id);
                table.ForeignKey("FK_RoleClaims_Roles_RoleId", claim => claim.RoleId, "Roles", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_RoleClaims_RoleId", "RoleClaims", "RoleId");

        migration.CreateTable(
            "UserClaims",
            table => new
            {
                Id = Numbered(table.Column<int>()),
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                ClaimType = table.Column<string>(nullable: true),
                ClaimValue = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserClaims", claim => claim.Id);
                table.ForeignKey("FK_UserClaims_Users_UserId", claim => claim.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_UserClaims_UserId", "UserClaims", "UserId");
    }

    private static void CreateLoginsAndTokens(MigrationBuilder migration)
    {
        migration.CreateTable(
            "UserLogins",
            table => new
            {
                LoginProvider = table.Column<string>(),
                ProviderKey = table.Column<string>(),
                ProviderDisplayName = table.Column<string>(nullable: true),
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserLogins", login => new { login.LoginProvider, login.ProviderKey });
                table.ForeignKey("FK_UserLogins_Users_UserId", login => login.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_UserLogins_UserId", "UserLogins", "UserId");

        migration.CreateTable(
            "UserTokens",
            table => new
            {
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                LoginProvider = table.Column<string>(),
                Name = table.Column<string>(),
                Value = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserTokens", token => new { token.UserId, token.LoginProvider, token.Name });
                table.ForeignKey("FK_UserTokens_Users_UserId", token => token.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static OperationBuilder<AddColumnOperation> Numbered(OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
