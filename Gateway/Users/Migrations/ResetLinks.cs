using System.Security.Cryptography;
using Gateway.Recovery;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users.Migrations;

/// <summary>Links by which users set their passwords.</summary>
[DbContext(typeof(UserDatabase))]
[Migration("20261128050000_ResetLinks")]
internal sealed class ResetLinks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "ResetLinks",
            table => new
            {
                UserId = table.Column<string>(maxLength: UserId.MaxLength),
                Purpose = table.Column<int>(),
                Hash = table.Column<byte[]>(maxLength: SHA256.HashSizeInBytes),
                Stamp = table.Column<string>(maxLength: ResetLinkMapping.StampLength),
                ExpiresAt = table.Column<long>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ResetLinks", link => new { link.UserId, link.Purpose });
                table.ForeignKey("FK_ResetLinks_Users_UserId", link => link.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ResetLinks_Hash", "ResetLinks", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_ResetLinks_ExpiresAt", "ResetLinks", "ExpiresAt");
    }
}
