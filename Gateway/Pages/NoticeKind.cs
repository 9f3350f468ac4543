namespace Gateway.Pages;

public enum NoticeKind
{
    Info,
    Success,
    Failure,
}
