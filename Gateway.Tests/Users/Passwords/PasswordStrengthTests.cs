using Gateway.Tests.Security;
using Gateway.Users.Passwords;

namespace Gateway.Tests.Users.Passwords;

public sealed class PasswordStrengthTests
{
    private static readonly string[] Tails = ["", "1", "12", "123", "1234", "123456", "!", "123!", "01", "99", "2025", "2026!"];

    public static TheoryData<string> CommonPasswords =>
    [
        "123456", "password", "123456789", "12345", "12345678", "qwerty", "1234567", "111111", "123123", "abc123", "1234567890", "password1", "iloveyou", "1q2w3e4r",
        "000000", "qwerty123", "zaq12wsx", "dragon", "sunshine", "princess", "letmein", "654321", "monkey", "1qaz2wsx", "123321", "qwertyuiop", "superman", "asdfghjkl",
        "123456789012345", "1234567890123456", "passwordpassword", "qwertyuiopasdfgh", "1q2w3e4r5t6y7u8i", "abcdefghijklmnop", "aaaaaaaaaaaaaaa", "111111111111111",
        "1qaz2wsx3edc4rfv", "iloveyouforever", "letmeinletmeinletmein", "Password12345678!", "P@$$w0rd P@$$w0rd", "January2026January", "monkeymonkeymonkey1", "0987654321qwerty",
        "Qwerty123456789", "qazwsxedcrfvtgb", "woaini1314woaini", "Summer2026Winter!", "ADMINISTRATOR12345", "dragon-dragon-dragon", "1234qwerASDFzxcv",
    ];

    public static TheoryData<string> OtherPasswords =>
    [
        "correct horse battery staple", "kwzpfjtnqmvhbrx", "velvet anchor tobacco", "a long pass phrase", "849203847561029", "xK9#mQ2$vL5@nR8!", "八月的狐狸在屋顶上数星星等月亮", "wet paint on the third bench",
    ];

    [Theory]
    [Requirement("A10")]
    [MemberData(nameof(CommonPasswords))]
    public void CommonPassword_IsEasilyGuessed(string password) => Assert.Equal((password, 0), (password, PasswordStrength.Of(password).Level));

    [Theory]
    [MemberData(nameof(OtherPasswords))]
    public void OtherPassword_IsNot(string password) => Assert.InRange(PasswordStrength.Of(password).Level, 2, 4);

    [Fact]
    [Requirement("A10")]
    public void Blocklist_HasThousandsOfPasswords_InAllSpellings()
    {
        var listed = CommonWords.All.SelectMany(word => Tails.SelectMany(tail => (string[])[word + tail, char.ToUpperInvariant(word[0]) + word[1..] + tail, word.ToUpperInvariant() + tail])).ToHashSet(StringComparer.Ordinal);

        Assert.InRange(listed.Count, 20_000, int.MaxValue);
        Assert.Equal([], listed.Where(password => !PasswordStrength.Of(password).IsEasilyGuessed));
    }

    [Theory]
    [InlineData("grethe.oftedahl@mill-meadow.example", "Grethe Oftedahl", "GretheOftedahl1987")]
    [InlineData("grethe.oftedahl@mill-meadow.example", "Grethe Oftedahl", "oftedahl-meadow-12")]
    [InlineData("grethe.oftedahl@mill-meadow.example", null, "grethe.oftedahl@mill-meadow.example")]
    [InlineData("x@example.org", "ÄNNE ØSTERGÅRD", "änne-østergård-1")]
    public void Password_MadeOfWhatIsTheUsers_IsEasilyGuessed(string email, string? name, string password)
    {
        Assert.True(PasswordStrength.Of(password, email, name).IsEasilyGuessed);
        Assert.False(PasswordStrength.Of(password).IsEasilyGuessed);
    }

    [Fact]
    public void LongestPassword_IsJudged()
    {
        foreach (var piece in (string[])["a", "p4$$w0rd", "4@8({[<369|!10$57+%2", "🦊", "abc"])
            PasswordStrength.Of(string.Concat(Enumerable.Repeat(piece, 1024)) + "?");

        Assert.Equal(0, PasswordStrength.Of("").Level);
    }
}
