using Gateway.Pages.Branding;
using Gateway.Tests.Packages;

namespace Gateway.Tests.Pages.Branding;

/// <summary>Whatever colour an operator likes, everything can be read (WCAG 2.2, 1.4.3: 4.5 to 1).</summary>
public sealed class AccentColorTests
{
    private const double Readable = 4.5;

    [Fact]
    public void Tones_OfEveryColour_CanBeRead()
    {
        // Every hue and lightness in steps of 17: 4096 colours.
        for (var number = 0; number < 4096; number++)
        {
            var color = AccentColor.Parse($"#{Double(number >> 8)}{Double(number >> 4)}{Double(number)}");
            Assert.True(AccentColor.Contrast(color, color.TextOn) >= Readable, $"text on {color}");
            Assert.All(["#ffffff", "#f3f4f6", "#eef0f3"], ground => AssertReadable(color.OnLight, ground));
            Assert.All(["#14171b", "#1c2026", "#262b33"], ground => AssertReadable(color.OnDark, ground));
        }
    }

    [Fact]
    public void Grounds_ThatTonesAreHeldAgainst_AreThoseOfTheStyleSheet()
    {
        var css = File.ReadAllText(Repository.PathTo("Gateway", "Pages", "style.css"));

        Assert.Contains("--ground: #f3f4f6; --card: #fff; --raised: #eef0f3;", css, StringComparison.Ordinal);
        Assert.Contains("--ground: #14171b; --card: #1c2026; --raised: #262b33;", css, StringComparison.Ordinal);
    }

    [Fact]
    public void Tone_ThatCanBeRead_IsTheColourItself()
    {
        var blue = AccentColor.Parse("#2458b3");

        Assert.Equal(blue, blue.OnLight);
        Assert.Equal("#ffffff", blue.TextOn.ToString());
        Assert.NotEqual(blue, blue.OnDark);
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#ff0000", "#ffffff", 4.0)]
    public void Contrast_IsThatOfTheStandard(string one, string other, double ratio) =>
        Assert.Equal(ratio, AccentColor.Contrast(AccentColor.Parse(one), AccentColor.Parse(other)), 0.01);

    [Theory]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#12345g")]
    [InlineData("# 2345f")]
    [InlineData("#-2345f")]
    [InlineData("blue")]
    [InlineData("")]
    [InlineData(null)]
    public void Text_ThatIsNoColour_IsRefused(string? text) => Assert.False(AccentColor.TryParse(text, out _));

    private static string Double(int number) => new("0123456789abcdef"[number & 15], 2);

    private static void AssertReadable(AccentColor color, string ground) =>
        Assert.True(AccentColor.Contrast(color, AccentColor.Parse(ground)) >= Readable, $"{color} on {ground}");
}
