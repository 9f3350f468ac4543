using System.Diagnostics;
using MailKit.Net.Smtp;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using MimeKit;
using StackExchange.Redis;
using Yarp.ReverseProxy.Model;

namespace Gateway.Tests.Security;

/// <summary>The versions below which a published flaw lets somebody in.</summary>
public sealed class DependencyFloorTests
{
    // CVE-2026-40372 in data protection; before 2.13.17 a frame that was written by half could hand one caller another key's value.
    // CVE-2026-41319 (what came before STARTTLS was read after it) and CVE-2026-30227 (a line end in an address) of those that send mails.
    [Theory]
    [Requirement("P14")]
    [InlineData(typeof(HttpContext), "10.0.12")]
    [InlineData(typeof(IDataProtector), "10.0.7")]
    [InlineData(typeof(ConnectionMultiplexer), "2.13.17")]
    [InlineData(typeof(RouteModel), "2.1.0")]
    [InlineData(typeof(SmtpClient), "4.16.0")]
    [InlineData(typeof(MimeMessage), "4.15.1")]
    public void Library_IsAtLeastOf(Type member, string floor)
    {
        var file = FileVersionInfo.GetVersionInfo(member.Assembly.Location);

        Assert.True(new Version(file.ProductVersion!.Split('+', '-')[0]) >= new Version(floor), $"{member.Assembly.GetName().Name} {file.ProductVersion}");
    }
}
