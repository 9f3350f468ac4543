using Gateway.Pages;

namespace Gateway.Account;

internal static class AccountAnswers
{
    /// <summary>Back to the account page, which tells what was done.</summary>
    /// <param name="done">A text below <c>account.done</c>.</param>
    /// <param name="more">Further parameters of the address.</param>
    public static IResult BackToAccount(this HttpContext context, string done, string more = "")
    {
        var paths = context.RequestServices.GetRequiredService<GatewayPaths>();
        return PageResults.GoTo(context, $"{paths.Account}?done={done}{more}");
    }

    /// <summary>Whoever had to log in after sending a form comes back by its address: nothing was done, and here is the page again.</summary>
    public static void MapReturn(this RouteGroupBuilder group, string path) =>
        group.MapGet(path, (HttpContext context) => context.BackToAccount("nothing"));
}
