using System.Text;
using Gateway.SecondFactor;

namespace Gateway.Tests.SecondFactor;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B: the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_IsThatOfTheStandard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Code_CountsAStepEarlierAndLater(int steps, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var code = Totp.Code(Secret, Totp.StepAt(now) + steps);

        Assert.Equal(counts ? Totp.StepAt(now) + steps : (long?)null, Totp.FindStep(Secret, code, now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("२८७०८२")]
    [InlineData("-87082")]
    public void Text_ThatIsNoCode_IsNone(string text) => Assert.Null(Totp.FindStep(Secret, text, DateTimeOffset.FromUnixTimeSeconds(59)));

    // RFC 4648, section 10, without the padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Key_IsInTheAlphabetOfTheStandard(string bytes, string text) => Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void Address_OfTheKey_SurvivesEveryNameOfASite() => Assert.Equal(
        "otpauth://totp/Mill%20%26%20Meadow:ann%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Mill%20%26%20Meadow&algorithm=SHA1&digits=6&period=30",
        Totp.Uri(Secret, "Mill & Meadow", "ann+x@example.org"));
}
