using System.CommandLine;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Tests.Docs;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.Exporter.Tests;

/// <summary>Options, help, metric HELP and log messages use plain words.</summary>
public sealed class PlainWordsTests
{
    [Theory]
    [InlineData("the label state says how the agent stands", 1)]
    [InlineData("Ports whose counters are held against the samples; the former stays in force", 2)]
    [InlineData("received from ends that nobody samples", 2)]
    [InlineData("The store stopped at the end, understands and holds kind words.", 0)]
    public void Words_of_the_list_are_found_as_whole_words(string text, int found) => Assert.Equal(found, BannedWords.In(text).Count());

    [Fact]
    public void Options_use_plain_words() => Check(Settings.Catalogue.Select(entry => (entry.Key, $"{entry.Description} {entry.Allowed}")));

    [Fact]
    public void Help_uses_plain_words()
    {
        RootCommand root = CommandLine.Build();
        Check(root.Subcommands.Prepend(root).Select(verb => (verb.Name, HelpPage.Of(verb, all: true))));
    }

    [Fact]
    public void Metrics_use_plain_words() => Check(MetricCatalogue.All(FakeFamily.All()).Select(metric => (metric.Name, metric.Help)));

    [Fact]
    public void Log_messages_use_plain_words() => Check(LogMessageTests.All.Select(log => (log.Method.Name, log.Message.Message)));

    private static void Check(IEnumerable<(string Name, string Text)> texts)
    {
        (string Name, string Text)[] all = [.. texts];
        Assert.NotEmpty(all);
        Assert.Empty(all.SelectMany(text => BannedWords.In(text.Text).Select(word => $"{text.Name}: {word}")));
    }
}
