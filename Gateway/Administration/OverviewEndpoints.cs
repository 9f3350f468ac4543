using Gateway.Administration.Figures;
using Gateway.Administration.Pages;
using Gateway.Pages;
using Gateway.Pages.Languages;

namespace Gateway.Administration;

/// <summary><c>GET /admin</c>: live figures.</summary>
internal sealed class OverviewEndpoints(ActivityCount activity, ISessionCounter sessions, AdministrationNavigation navigation)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var texts = context.Texts();
        var (hour, day) = await activity.CountAsync(context.RequestAborted);
        var lines = Lines(texts, hour).Zip(Lines(texts, day), (inHour, inDay) => new ActivityLine(inHour.Name, inHour.Count, inDay.Count));
        return context.Page<OverviewPage>(new { Activity = lines.ToList(), Sessions = Told(texts, sessions.Ask()), Navigation = navigation.In(texts) });
    }

    private static IEnumerable<(string Name, string Count)> Lines(Texts texts, Activity activity)
    {
        yield return (texts["admin.logins"], Number(activity.Logins));
        yield return (texts["admin.refused"], Number(activity.Refused));
        yield return (texts["admin.locked"], Number(activity.Locked));
        yield return (texts["admin.throttled"], Number(activity.Throttled));
        yield return (texts["admin.restored"], Number(activity.Restored));

        string Number(long? count) => count?.ToString("N0", null) ?? texts["admin.notRecorded"];
    }

    private static string Told(Texts texts, SessionCount? count) => count switch
    {
        null => texts["admin.counting"],
        { Number: { } number } => $"{texts.Count("admin.sessionsLive", number)} {texts["admin.counted", Texts.Moment(count.At)]}",
        { IsForbidden: true } => texts["admin.notAllowed"],
        _ => texts["admin.notCounted"],
    };
}
