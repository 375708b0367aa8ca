using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>Names of tests are sentences with underscores, in all test projects.</summary>
public sealed partial class TestNameTests(ITestOutputHelper output)
{
    /// <summary>Words that are written with capitals inside.</summary>
    private static readonly string[] proper = ["KiB", "NodePort", "OpenSearch", "hostNetwork", "sFlow", "vSwitch", "EndpointSlice", "ReplicaSet", "LoadBalancer", "ClusterIP", "OpenMetrics", "OpenShift", "ConfigMap"];

    [Fact]
    public void A_test_name_is_a_sentence_with_underscores()
    {
        string[] names = [.. System.IO.Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))];
        output.WriteLine($"{names.Length} tests found");
        Assert.True(names.Length > 700);
        Assert.All(names, name => Assert.True(IsSentence(name), name));
    }

    [Theory]
    [InlineData("A_full_queue_loses_the_batch", true)]
    [InlineData("An_OpenSearch_without_data_streams", true)]
    [InlineData("AFullQueueLosesTheBatch", false)]
    [InlineData("A_fullQueue_loses_the_batch", false)]
    [InlineData("Works", false)]
    public void The_rule_finds_other_styles(string name, bool isSentence) => Assert.Equal(isSentence, IsSentence(name));

    private static bool IsSentence(string name) =>
        Sentence().IsMatch(name) && name.Split('_').All(word => proper.Contains(word) || !Hump().IsMatch(word));

    [GeneratedRegex(@"\[(Fact|Theory)\b[^\n]*\]\s+(?>(\[[^\n]*\]\s+)*)public (static )?(async )?[\w<>\[\], .?]+? (?<name>\w+)\(", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Test();

    [GeneratedRegex("^[A-Z0-9][A-Za-z0-9]*(_[A-Za-z0-9]+)+$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sentence();

    [GeneratedRegex("[a-z][A-Z]", RegexOptions.None, 10_000)]
    private static partial Regex Hump();
}
