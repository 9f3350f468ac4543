using System.Collections.Frozen;
using Gateway.Pages.Languages;

namespace Gateway.Tests.Pages.Languages;

/// <summary>A language that has more than two forms for numbers of things is one more file all the same.</summary>
public sealed class PluralFormTests
{
    [Theory]
    [InlineData("en", "other one other other other other other other other other")]
    [InlineData("zh-Hans", "other other other other other other other other other other")]
    [InlineData("fr", "one one other other other other other other other other")]
    [InlineData("ru", "many one few many many many one few many one")]
    [InlineData("hr", "other one few other other other one few other one")]
    [InlineData("pl", "many one few many many many many few many many")]
    [InlineData("cs", "other one few other other other other other other other")]
    [InlineData("sl", "other one two other other other other other other one")]
    [InlineData("lt", "other one few few other other one few other one")]
    [InlineData("lv", "zero one other other zero zero one other zero one")]
    [InlineData("ro", "few one few few few few other other other few")]
    [InlineData("he", "other one two other other other other other other other")]
    [InlineData("ar", "zero one two few many many many many other other")]
    public void Number_HasTheFormOfItsLanguage(string tag, string forms)
    {
        long[] numbers = [0, 1, 2, 5, 11, 12, 21, 22, 100, 101];

        Assert.Equal(forms, string.Join(' ', numbers.Select(number => PluralForm.Of(tag, number))));
    }

    [Theory]
    [InlineData(1, "1 minuta")]
    [InlineData(3, "3 minuty")]
    [InlineData(15, "15 minut")]
    public void Minutes_InALanguageWithMoreForms_AreSaidInTheirs(int minutes, string said)
    {
        var polish = new Texts("pl", FrozenDictionary.ToFrozenDictionary<string, string>(
            [new("time.minutes.one", "{0} minuta"), new("time.minutes.few", "{0} minuty"), new("time.minutes.many", "{0} minut"), new("time.minutes.other", "{0} minuty")],
            StringComparer.Ordinal));

        Assert.Equal(said, polish.Span(TimeSpan.FromMinutes(minutes)));
    }
}
