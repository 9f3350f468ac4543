using System.Buffers.Text;
using FsCheck.Fluent;
using Gateway.RememberMe;
using Gateway.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Tests.Fuzzing;

/// <summary>The values of the two cookies.</summary>
public sealed class TokenTests
{
    private readonly EphemeralDataProtectionProvider protection = new();

    [Fact]
    public void SessionId_Whatever_IsCanonicalOrNone() => Fuzz.Holds(
        Gen.OneOf(Texts.Anything, Texts.SlipsIn(SessionId.New().Value), Texts.SlipsIn(SessionId.New().Value, 1), Texts.Bytes.Resize(43)),
        text =>
        {
            if (!SessionId.TryParse(text, out var id))
                return;
            Assert.Equal(text, id.Value);
            Assert.Equal(text, Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)));
        });

    [Fact]
    public void RememberMeToken_Whatever_IsRefused() => Fuzz.Holds(
        Gen.OneOf(Texts.Anything, Texts.Bytes, Texts.Of("CfDJ8", "AAAA", "-", "_", "="), Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(bytes => Base64Url.EncodeToString(bytes))),
        text => Assert.False(RememberMeToken.TryUnprotect(protection, text, out _)));

    [Fact]
    public void RememberMeToken_WithOneBitChanged_IsRefused()
    {
        var right = Base64Url.DecodeFromChars(RememberMeToken.New().Protect(protection));

        Fuzz.Holds(Gen.Choose(0, (right.Length * 8) - 1), bit =>
        {
            var wrong = right.ToArray();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(RememberMeToken.TryUnprotect(protection, Base64Url.EncodeToString(wrong), out _));
        });
    }

    [Fact]
    public void RememberMeToken_InAnotherSpelling_IsRefused()
    {
        var right = RememberMeToken.New().Protect(protection);

        Fuzz.Holds(Texts.SlipsIn(right).Where(text => text != right), text => Assert.False(RememberMeToken.TryUnprotect(protection, text, out _)));
        Assert.True(RememberMeToken.TryUnprotect(protection, right, out _));
    }
}
