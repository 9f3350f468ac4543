using Gateway.Forwarding;
using Gateway.Login;
using Gateway.Pages.Languages;
using Microsoft.AspNetCore.Components;

namespace Gateway.Pages;

/// <summary>What every page and every part of one has at hand. <c>_Imports.razor</c> of each folder with pages inherits it.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    private protected HttpContext Context { get; set; } = null!;

    private protected Texts Texts => Context.Texts();

    /// <summary>This page's own address, for a link; null where it can't be asked for again, or where the link would lead away.</summary>
    private protected string? Here => HttpMethods.IsGet(Context.Request.Method) ? ReturnAddress.OnThisOrigin(RequestTarget.Of(Context).ToString()) : null;
}
