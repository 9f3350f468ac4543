using Gateway.Tests.Hosting;

namespace Gateway.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--help", "users")]
    [InlineData("users --help", "set-password")]
    [InlineData("users add --help", "--password-stdin")]
    [InlineData("sessions --help", "revoke")]
    [InlineData("config --help", "check")]
    public async Task Help_NamesWhatThereIs(string command, string expected)
    {
        var help = await GatewayProcess.RunAsync(new GatewaySettings(), null, command.Split(' '));

        Assert.Equal(0, help.ExitCode);
        Assert.Contains(expected, help.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srve")]
    [InlineData("users")]
    [InlineData("users add")]
    [InlineData("users add a@example.org --nonsense")]
    [InlineData("users show a@example.org b@example.org")]
    public async Task WrongUsage_IsExplainedOnStandardErrorWithExitCode2(string command)
    {
        var answer = await GatewayProcess.RunAsync(new GatewaySettings(), null, command.Split(' '));

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("--help", answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Out);
    }
}
