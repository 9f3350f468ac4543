using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Gateway.Login;
using Gateway.Users;
using Gateway.Users.Transfer;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Fuzzing;

/// <summary>Files of users, addresses, hashes and login bodies.</summary>
public sealed class UserFileTests
{
    private const string Csv = "id,email,name,roles,hash\r\n42,ann@example.org,\"Ann, née Öz\",editor;reader,\n43,bob@example.org,,,\n";
    private const string Json = "{\"id\":\"42\",\"email\":\"ann@example.org\",\"roles\":[\"editor\"]}\n{\"email\":\"bob@example.org\"}\n";

    [Fact]
    public void File_Whatever_IsRecordsOrAFaultWithItsLine() => Fuzz.Holds(
        Gen.OneOf(
            Texts.SlipsIn(Csv),
            Texts.SlipsIn(Json),
            Texts.Of("id", "email", ",", "\n", "\"", "\"\"", "ann@example.org", ";", "name"),
            Texts.Of("{", "}", "\"email\"", ":", "\n", "null", "[", "]", "\"a@b.example\"").Select(text => "{" + text),
            Texts.Anything).Select(AsAFileGivesIt),
        text =>
        {
            foreach (var line in UserFile.Read(new StringReader(text)))
            {
                Assert.True(line.Line > 0);
                Assert.True(line.Record is null != line.Malformed is null);
                _ = line.Record?.Fault();
            }
        });

    [Fact]
    public void Users_Whatever_ComeBackFromBothKindsOfFile()
    {
        var names = Texts.Anything.Where(text => text.Length > 0 && text == text.Trim() && !text.Any(char.IsSurrogate) && !text.Contains('\0', StringComparison.Ordinal));
        var users = names.Select(name => new UserRecord("42", "ann@example.org", name, ["editor", "reader"], Hash: null));

        Fuzz.Holds(users, user =>
        {
            var (csv, json) = (new StringWriter(), new StringWriter());
            UserCsv.Write(csv, [user]);
            UserFile.WriteJson(json, user);

            Assert.Equivalent(user, Assert.Single(UserFile.Read(new StringReader(csv.ToString()))).Record, strict: true);
            Assert.Equivalent(user, Assert.Single(UserFile.Read(new StringReader(json.ToString()))).Record, strict: true);
        });
    }

    // Half a surrogate pair is in no file: reading UTF-8 makes a replacement character of it.
    private static string AsAFileGivesIt(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Email_Whatever_IsValidOrNot() => Fuzz.Holds(
        Gen.OneOf(Texts.SlipsIn("ann@example.org"), Texts.Of("a", "@", ".", "example", "<", ">", "(", "xn--"), Texts.Anything),
        text =>
        {
            if (EmailAddress.IsValid(text))
                Assert.DoesNotContain(text, character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or ',');
        });

    [Fact]
    public void Hash_Whatever_HasACost() => Fuzz.Holds(
        Gen.OneOf(Texts.Anything, Texts.SlipsIn(Convert.ToBase64String(new byte[61])), Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(Convert.ToBase64String)),
        text => Assert.InRange(HashCost.Missing(text, 210_000), 0, 210_000));

    [Fact]
    public void LoginBody_Whatever_IsALoginOrAJsonFault() => Fuzz.Holds(
        Gen.OneOf(
            Texts.SlipsIn("{\"email\":\"ann@example.org\",\"password\":\"x\",\"remember\":true,\"returnUrl\":\"/\"}"),
            Texts.Of("{", "}", ":", ",", "\"email\"", "\"password\"", "\"\\ud800\"", "1", "null", "true", "[", "]"),
            Texts.Bytes),
        text =>
        {
            var context = new DefaultHttpContext { Request = { Body = new MemoryStream(Encoding.Latin1.GetBytes(text)) } };
            try
            {
                var login = LoginRequest.FromJsonAsync(context.Request, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
                Assert.NotNull(login.Email);
                _ = login.Fault();
            }
            catch (JsonException)
            {
                // Answered with 400.
            }
        });
}
