using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>What the Elastic Common Schema says of a field.</summary>
internal sealed record EcsField(string Type, bool IsArray);

/// <summary>The fields of the schema that documents use, from its own published list (<c>ecs-9.4.0.txt</c>).</summary>
internal static class EcsList
{
    public const string Version = "9.4.0";

    public static IReadOnlyDictionary<string, EcsField> Fields { get; } = File.ReadLines(Path.Combine(SharedFolder.Repository, "tests", "Exporter.Tests", "Elasticsearch", $"ecs-{Version}.txt"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => new EcsField(words[1], words.Length > 2));
}
