using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using StackExchange.Redis;
using Yarp.ReverseProxy.Model;

namespace Gateway.Tests.Security;

/// <summary>The versions below which a published flaw lets somebody in.</summary>
public sealed class DependencyFloorTests
{
    // CVE-2026-40372 in data protection; before 2.13.17 a frame that was written by half could hand one caller another key's value.
    [Theory]
    [Requirement("P14")]
    [InlineData(typeof(HttpContext), "10.0.12")]
    [InlineData(typeof(IDataProtector), "10.0.7")]
    [InlineData(typeof(ConnectionMultiplexer), "2.13.17")]
    [InlineData(typeof(RouteModel), "2.1.0")]
    public void Library_IsAtLeastOf(Type member, string floor)
    {
        var file = FileVersionInfo.GetVersionInfo(member.Assembly.Location);

        Assert.True(new Version(file.ProductVersion!.Split('+', '-')[0]) >= new Version(floor), $"{member.Assembly.GetName().Name} {file.ProductVersion}");
    }
}
