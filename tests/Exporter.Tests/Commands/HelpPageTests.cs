using System.CommandLine;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>Help of every verb fits a terminal, and shows few options first.</summary>
public sealed class HelpPageTests
{
    private static readonly RootCommand Root = CommandLine.Build();

    public static TheoryData<string> Verbs => [.. All.Select(verb => verb.Name)];

    private static IEnumerable<Command> All => Root.Subcommands.Prepend(Root);

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_has_no_line_above_80_columns(string name)
    {
        Command verb = Verb(name);
        foreach (string page in (string[])[HelpPage.Of(verb, all: false), HelpPage.Of(verb, all: true)])
        {
            Assert.Contains("Usage: sflow-exporter", page, StringComparison.Ordinal);
            Assert.Contains("--help-all", page, StringComparison.Ordinal);
            Assert.All(page.Split('\n'), line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), line));
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_of_all_options_has_each_once_and_the_short_one_points_to_it(string name)
    {
        Command verb = Verb(name);
        string[] settings = [.. verb.Options.OfType<CatalogueOption>().Where(option => !option.Hidden).Select(option => option.Name)];
        Assert.Equal(settings.Order(), Names(HelpPage.Of(verb, all: true)).Where(settings.Contains).Order());
        string[] common = [.. Names(HelpPage.Of(verb, all: false)).Where(settings.Contains)];
        Assert.InRange(common.Length, 0, 10);
        string[] words = HelpPage.Of(verb, all: false).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.All(settings, setting => Assert.Contains(setting, words));
        if (common.Length < settings.Length) Assert.EndsWith("--help-all\n", HelpPage.Of(verb, all: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_run_shows_the_ten_options_that_people_need_first() => Assert.Equal(
        ["--config", "--port", "--allow-agents", "--inventory", "--networks", "--kubernetes", "--kubeconfig", "--data", "--elasticsearch", "--http-port"],
        Names(HelpPage.Of(Verb("run"), all: false)).Where(name => !name.StartsWith("--help", StringComparison.Ordinal)));

    [Fact]
    public void All_options_are_grouped_by_section_with_key_and_default()
    {
        string page = HelpPage.Of(Verb("run"), all: true);
        string[] sections = [.. Settings.Catalogue.Select(entry => entry.Section).Distinct()];
        Assert.Equal(sections, page.Split('\n').Where(line => sections.Contains(line.TrimEnd(':'))).Select(line => line.TrimEnd(':')));
        string words = string.Join(' ', page.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("--store-max-bytes SIZE Maximum size of the store on disk. The oldest records are evicted first. Default: 1GiB. Key: Store:MaximumBytes.", words, StringComparison.Ordinal);
        Assert.Contains("--receive-pause DURATION", words, StringComparison.Ordinal);
    }

    private static Command Verb(string name) => All.Single(verb => verb.Name == name);

    private static IEnumerable<string> Names(string page) =>
        page.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ', ',')[0]);
}
