using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests;

/// <summary>Each log message has an id of its area, named properties and short sentences.</summary>
public sealed partial class LogMessageTests
{
    /// <summary>Thousands of the event ids, by the folder below <c>src/Exporter</c>.</summary>
    private static readonly Dictionary<string, int> Areas = new(StringComparer.Ordinal)
    {
        ["Receive"] = 1, ["Identify"] = 2, ["Store"] = 3, ["History"] = 3, ["Elasticsearch"] = 4, ["Metrics"] = 5, ["Web"] = 5, ["Http"] = 5, ["Options"] = 6, ["Commands"] = 6, ["Otlp"] = 7,
    };

    /// <summary>Method and attribute of each log message of the program.</summary>
    internal static IReadOnlyList<(MethodInfo Method, LoggerMessageAttribute Message)> All { get; } =
    [
        .. typeof(Settings).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>())).Where(pair => pair.Message is not null).Select(pair => (pair.Method, pair.Message!)),
    ];

    [Fact]
    public void Event_ids_are_unique_and_in_the_range_of_their_area()
    {
        Assert.True(All.Count > 30);
        Assert.Equal(All.Count, All.Select(pair => pair.Message.EventId).Distinct().Count());
        foreach ((MethodInfo method, LoggerMessageAttribute message) in All)
        {
            string area = method.DeclaringType!.Namespace!.Split('.')[2];
            Assert.True(Areas[area] == message.EventId / 1000, $"{method.DeclaringType}.{method.Name} has the event id {message.EventId}");
        }
    }

    [Fact]
    public void Messages_are_short_sentences_with_named_properties()
    {
        foreach ((MethodInfo method, LoggerMessageAttribute message) in All)
        {
            string text = message.Message;
            Assert.True(char.IsUpper(text[0]) || text[0] == '{', text);
            Assert.All(Property().Matches(text), name => Assert.Matches("^[A-Z][A-Za-z0-9]+$", name.Groups["name"].Value));
            Assert.All(text.Split([". ", "; ", ": "], StringSplitOptions.None), sentence => Assert.InRange(sentence.Split(' ').Length, 1, 20));
            Assert.NotEqual(LogLevel.None, message.Level);
            Assert.StartsWith("SFlow.Exporter", method.DeclaringType!.Namespace, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"\{(?<name>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}
