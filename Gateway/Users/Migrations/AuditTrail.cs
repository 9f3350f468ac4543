using Gateway.Audit;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Gateway.Users.Migrations;

/// <summary>The audit trail, and what its nodes share about it.</summary>
[DbContext(typeof(UserDatabase))]
[Migration("20261128010000_AuditTrail")]
internal sealed class AuditTrail : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "AuditEvents",
            table => new
            {
                Id = table.Column<long>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                At = table.Column<long>(),
                Action = table.Column<string>(maxLength: AuditEventMapping.ActionLength),
                Actor = table.Column<string>(maxLength: AuditEventMapping.PartyLength, nullable: true),
                Subject = table.Column<string>(maxLength: AuditEventMapping.PartyLength, nullable: true),
                Address = table.Column<string>(maxLength: AuditEventMapping.AddressLength, nullable: true),
                UserAgent = table.Column<string>(maxLength: AuditEventMapping.UserAgentLength, nullable: true),
                Detail = table.Column<string>(maxLength: AuditEventMapping.DetailLength, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_AuditEvents", what => what.Id));
        migrationBuilder.CreateIndex("IX_AuditEvents_At", "AuditEvents", "At");
        migrationBuilder.CreateIndex("IX_AuditEvents_Actor", "AuditEvents", "Actor");
        migrationBuilder.CreateIndex("IX_AuditEvents_Subject", "AuditEvents", "Subject");

        migrationBuilder.CreateTable(
            "AuditStates",
            table => new
            {
                Name = table.Column<string>(maxLength: AuditStateMapping.NameLength),
                Value = table.Column<string>(maxLength: AuditStateMapping.ValueLength),
            },
            constraints: table => table.PrimaryKey("PK_AuditStates", state => state.Name));
    }
}
