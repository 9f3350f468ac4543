using System.Text;
using Gateway.Account;
using Gateway.Administration.Pages;
using Gateway.Audit;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Administration;

/// <summary><c>GET /admin/audit</c>: what happened, the newest first, and the same as a file.</summary>
internal sealed class AuditEndpoints(
    AuditQuery events, AuditFilterReader reader, AuditTrail trail, UserDatabase database, TimeProvider clock, AdministrationNavigation navigation, AdministrationPaths paths)
{
    private const int Shown = 50;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (texts, typed) = (context.Texts(), Typed(context));
        long? before = long.TryParse(context.Request.Query["before"], out var number) ? number : null;
        var model = new AuditPageModel(typed.Since, typed.Until, typed.User, typed.Action, typed.Text)
        {
            SinceFault = Fault(texts, typed.Since),
            UntilFault = Fault(texts, typed.Until),
        };
        if (model.HasFault)
            return context.Page<AuditPage>(new { Model = model, Navigation = navigation.In(texts) }, StatusCodes.Status400BadRequest);

        var found = await events.NewestAsync(await reader.ReadAsync(typed), before, Shown + 1, context.RequestAborted);
        var names = await NamesAsync(found, context.RequestAborted);
        return context.Page<AuditPage>(new
        {
            Model = model with
            {
                Events = [.. found.Take(Shown).Select(what => Line(what, names))],
                First = before is null ? null : Address(paths.Audit, typed, before: null),
                Next = found.Count > Shown ? Address(paths.Audit, typed, found[Shown - 1].Id) : null,
                Download = Address(paths.AuditDownload, typed, before: null),
            },
            Navigation = navigation.In(texts),
        });
    }

    /// <summary>All events that the filter lets through, the oldest first, as <c>audit export</c> prints them.</summary>
    public async Task<IResult> DownloadAsync(HttpContext context)
    {
        var typed = Typed(context);
        if (Fault(context.Texts(), typed.Since) is not null || Fault(context.Texts(), typed.Until) is not null)
            return PageResults.GoTo(context, Address(paths.Audit, typed, before: null));
        var filter = await reader.ReadAsync(typed);
        trail.Note(context, AuditEvent.ByUser(AuditActions.AuditExported, Visitor.Of(context).User.Id, AuditDetail.Of(
            ("since", typed.Since), ("until", typed.Until), ("user", typed.User), ("action", typed.Action), ("text", typed.Text))));
        PageHeaders.Add(context);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        return TypedResults.Stream(body => WriteAsync(body, filter, context.RequestAborted), "application/jsonl; charset=utf-8");
    }

    private async Task WriteAsync(Stream body, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var lines = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await foreach (var what in events.AllAsync(filter, cancellationToken))
            await lines.WriteLineAsync(AuditJson.Line(what).AsMemory(), cancellationToken);
    }

    private static TypedAuditFilter Typed(HttpContext context)
    {
        var query = context.Request.Query;
        return new TypedAuditFilter(query.Typed("since"), query.Typed("until"), query.Typed("user"), query.Typed("action"), query.Typed("text"));
    }

    private string? Fault(Texts texts, string? moment) =>
        moment is not null && PointInTime.Parse(moment, clock.GetUtcNow()) is null ? texts["admin.fault.moment"] : null;

    private static string Address(string page, TypedAuditFilter typed, long? before) =>
        AdministrationPaths.With(
            page, ("since", typed.Since), ("until", typed.Until), ("user", typed.User), ("action", typed.Action), ("text", typed.Text), ("before", before is { } id ? $"{id}" : null));

    // By their addresses, as far as there are users of those ids still.
    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyList<AuditEvent> found, CancellationToken cancellationToken)
    {
        var ids = found.SelectMany(what => (string?[])[what.Actor, what.Subject]).Select(AuditParty.UserIdOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return await database.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email!, StringComparer.Ordinal, cancellationToken);
    }

    private AuditLine Line(AuditEvent what, IReadOnlyDictionary<string, string> names)
    {
        return new AuditLine($"{what.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}", what.Action, Party(what.Actor), Party(what.Subject), what.Address ?? "–", what.Detail);

        AuditPartyLink Party(string? party) => AuditParty.UserIdOf(party) is { } id && names.TryGetValue(id, out var email)
            ? new AuditPartyLink(email, paths.User(id))
            : new AuditPartyLink(party ?? "–", Address: null);
    }
}
