#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591;CS1573;MA0002
// What refused logins tell by their time, from outside. Run by the script of the same name:
//   users           writes users to import: old, cheap hashes beside current ones
//   measure URL N   sends N interleaved logins of every class, one at a time, and prints a table
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

const string Right = "a long pass phrase";
const string Wrong = "a wrong pass phrase";
const int Budget = 50;
if (args is ["users"])
{
    Console.WriteLine("id,email,name,roles,hash");
    var (current, cheap) = (Hash(PasswordHasherCompatibilityMode.IdentityV3, 210_000), Hash(PasswordHasherCompatibilityMode.IdentityV2, 1_000));
    // Hashes of other systems, of passwords that nobody tries: phpass with 2^13 rounds, and bcrypt at half the cost of ours.
    const string Phpass = "$P$BabcdefghJbLKUVQ0Ub0AYGpNFF1PJ0";
    const string Bcrypt = "$2b$09$abcdefghijklmnopqrstuuiSOksp0S7kc3ON5XEjN5EJwSMA2x7DS";
    foreach (var (name, hash) in new[] { ("wrong", current), ("cheap", cheap), ("phpass", Phpass), ("bcrypt", Bcrypt), ("off", current), ("offcheap", cheap), ("shut", current), ("known", current) })
    {
        for (var number = 0; number < 10; number++)
            Console.WriteLine($"{name}{number},{name}{number}@example.org,,,{hash}");
    }

    return 0;
}

if (args is not ["measure", var url, var samples])
    return 2;

using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(url) };
var count = int.Parse(samples, CultureInfo.InvariantCulture);
// Each account only as often as leaves it open.
var kinds = new (string Name, Func<int, string> Email, string Password, string? Cookie)[]
{
    ("wrong password", sample => $"wrong{sample / (Budget - 1)}@example.org", Wrong, null),
    ("unknown", sample => $"nobody{sample}@example.org", Wrong, null),
    ("cheap old hash", sample => $"cheap{sample / (Budget - 1)}@example.org", Wrong, null),
    ("cheap legacy hash", sample => $"phpass{sample / (Budget - 1)}@example.org", Wrong, null),
    ("dearer legacy hash", sample => $"bcrypt{sample / (Budget - 1)}@example.org", Wrong, null),
    ("disabled, right", _ => "off0@example.org", Right, null),
    ("disabled, cheap, right", _ => "offcheap0@example.org", Right, null),
    ("locked, wrong", _ => "shut0@example.org", Wrong, null),
    ("locked, right", _ => "shut0@example.org", Right, null),
    ("unknown, locked", _ => "ghost@example.org", Wrong, null),
    ("known browser, locked", _ => "known0@example.org", Right, await KnownAsync("known0@example.org")),
};
foreach (var email in new[] { "shut0@example.org", "ghost@example.org", "off0@example.org", "offcheap0@example.org" })
{
    for (var attempt = 0; attempt <= Budget; attempt++)
        await SendAsync(email, Wrong, null);
}

for (var attempt = 0; attempt <= 2 * Budget; attempt++)
    await SendAsync("known0@example.org", Wrong, kinds[^1].Cookie);

var times = kinds.ToDictionary(kind => kind.Name, _ => new List<double>());
var answers = kinds.ToDictionary(kind => kind.Name, _ => new HashSet<string>());
for (var sample = 0; sample < count; sample++)
{
    Random.Shared.Shuffle(kinds);
    foreach (var (name, email, password, cookie) in kinds)
    {
        var (time, answer) = await SendAsync(email(sample), password, cookie);
        times[name].Add(time);
        answers[name].Add(answer);
    }
}

var all = answers.Values.SelectMany(answer => answer).Distinct().Count();
Console.WriteLine(all == 1 ? "All answers are the same, but for date and trace id." : $"There are {all} different answers!");
foreach (var (name, several) in answers.Where(_ => all > 1))
    Console.WriteLine($"{name}: {string.Join(", ", several.Select(answer => answer.Split(',')[0]))}");
Console.WriteLine($"{"",-24}{"median",10}{"against",10}{"AUC",8}    (ms; against a wrong password, {count} samples each)");
var wrong = times["wrong password"];
var fine = all == 1;
foreach (var (name, list) in times)
{
    var (difference, auc) = (Median(list) - Median(wrong), Auc(list, wrong));
    fine &= Math.Abs(difference) <= 5 && Math.Abs(auc - 0.5) <= 0.1;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24}{Median(list),10:0.00}{difference,10:+0.00;-0.00}{auc,8:0.000}"));
}

Console.WriteLine(fine ? "Within 5 ms and an AUC of 0.6." : "Too far from each other.");
return fine ? 0 : 1;

async Task<(double Time, string Answer)> SendAsync(string email, string password, string? cookie)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "/_gateway/login") { Content = JsonContent.Create(new { email, password }) };
    if (cookie is not null)
        request.Headers.Add("Cookie", cookie);
    var start = Stopwatch.GetTimestamp();
    using var response = await client.SendAsync(request);
    var body = await response.Content.ReadAsStringAsync();
    var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    return (time, Regex.Replace($"{response}{body}", "Date: .*|\"traceId\":\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
}

async Task<string> KnownAsync(string email)
{
    using var response = await client.PostAsJsonAsync("/_gateway/login", new { email, password = Right });
    return response.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").First(line => line.StartsWith("gateway.known=", StringComparison.Ordinal)).Split(';')[0];
}

static string Hash(PasswordHasherCompatibilityMode mode, int iterations) =>
    new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode, IterationCount = iterations })).HashPassword("", Right);

static double Median(List<double> values)
{
    var sorted = values.Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}

// The chance that one of the first takes longer than one of the second (Mann and Whitney).
static double Auc(List<double> first, List<double> second) =>
    first.Sum(one => second.Sum(other => one > other ? 1 : one < other ? 0 : 0.5)) / first.Count / second.Count;
