using Gateway.Pages;
using Gateway.Pages.Languages;

namespace Gateway.Administration.Pages;

/// <summary>What a form has just done, or not.</summary>
public sealed record Outcome(string Text, bool IsFailure)
{
    public const string Parameter = "done";

    /// <summary>As the address of a page names it: texts that there are, and nothing of what an address says.</summary>
    internal static Outcome? Of(HttpContext context)
    {
        if (!SameOrigin.LeadsHere(context.Request))
            return null;
        var (texts, done) = (context.Texts(), context.Request.Query[Parameter].ToString());
        if (texts.Has($"admin.done.{done}"))
            return new Outcome(texts[$"admin.done.{done}"], IsFailure: false);
        return texts.Has($"admin.failed.{done}") ? new Outcome(texts[$"admin.failed.{done}"], IsFailure: true) : null;
    }
}
