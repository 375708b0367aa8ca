using YamlDotNet.RepresentationModel;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>One node of a rendered manifest; what is absent is an empty one, so that a test fails on the value and not on the way.</summary>
internal sealed class Manifest(YamlNode? node)
{
    public static IReadOnlyList<Manifest> Parse(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Manifest(document.RootNode))];
    }

    public Manifest this[string key] => new(node is YamlMappingNode pairs && pairs.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null);

    public string? Text => (node as YamlScalarNode)?.Value;
    public string? Name => this["metadata"]["name"].Text;

    public IEnumerable<Manifest> Items => node is YamlSequenceNode items ? items.Select(item => new Manifest(item)) : [];

    public IReadOnlyDictionary<string, string?> Pairs => node is YamlMappingNode pairs
        ? pairs.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => (pair.Value as YamlScalarNode)?.Value)
        : new Dictionary<string, string?>();

    /// <summary>True when this label selector takes an object with those labels; an empty selector takes none here.</summary>
    public bool Selects(Manifest labels) =>
        Pairs.Count > 0 && Pairs.All(pair => labels.Pairs.TryGetValue(pair.Key, out string? value) && value == pair.Value);
}
