using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

/// <summary>Option descriptions follow the project's rules for plain words.</summary>
public sealed class OptionDescriptionTests
{
    private static readonly string[] Openings =
    [
        "Accept", "Enable", "Authenticate", "Classify", "Combine", "Create", "Delay", "Find", "Forget", "Keep", "Listen", "Look", "Maximum", "Name", "Read", "Remember", "Request",
        "Send", "Serve", "Start", "Trust", "Use", "Wait", "Write",
    ];

    public static TheoryData<string> Keys => [.. Settings.Catalogue.Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_description_is_an_imperative_or_a_maximum_in_short_sentences(string key)
    {
        string description = Entry(key).Description;
        Assert.Contains(description.Split(' ')[0], Openings);
        foreach (string sentence in description.Split([". ", "; ", ": "], StringSplitOptions.None)) Assert.InRange(sentence.Split(' ').Length, 1, 20);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_description_says_what_zero_or_nothing_means(string key)
    {
        OptionEntry entry = Entry(key);
        Settings defaults = new();
        object section = defaults.Section(entry.Section);
        string standard = entry.DefaultOf(section);
        if (entry.TrySet(section, "0") && !entry.TrySet(section, "x")) Assert.Contains("0 ", entry.Description, StringComparison.Ordinal);
        if (standard.Length == 0) Assert.Contains("Empty ", entry.Description, StringComparison.Ordinal);
    }

    private static OptionEntry Entry(string key) => Settings.Catalogue.Single(entry => entry.Key == key);
}
