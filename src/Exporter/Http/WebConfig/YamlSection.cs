using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>One mapping of a YAML file, with its place in the file, so that each refusal names the line.</summary>
internal sealed class YamlSection
{
    private readonly YamlMappingNode node;
    private readonly string name;

    private YamlSection(YamlMappingNode node, string name) => (this.node, this.name) = (node, name);

    /// <exception cref="WebConfigurationException">The text is no YAML, or no mapping.</exception>
    public static YamlSection Parse(string text)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            throw new WebConfigurationException($"line {fault.Start.Line}: {fault.Message}", fault);
        }
        if (stream.Documents.Count == 0) return new YamlSection([], "");
        return stream.Documents[0].RootNode as YamlMappingNode is { } root ? new YamlSection(root, "")
            : throw new WebConfigurationException("line 1: the file must have sections such as tls_server_config:");
    }

    /// <summary>Refuses keys that are not known: a misspelt one must not leave the door open.</summary>
    public YamlSection Allow(params string[] keys)
    {
        foreach (YamlNode key in node.Children.Keys)
            if (!keys.Contains((key as YamlScalarNode)?.Value))
                throw new WebConfigurationException($"line {key.Start.Line}: {name}{key} is not a key of this file. Use one of {string.Join(", ", keys)}");
        return this;
    }

    public YamlSection? Section(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode section => new YamlSection(section, $"{name}{key}."),
        YamlNode other when IsEmpty(other) => null,
        YamlNode other => throw Fault(other, key, "must have keys of its own"),
    };

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => IsEmpty(scalar) ? null : scalar.Value,
        YamlNode other => throw Fault(other, key, "must be a text"),
    };

    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(item => item is YamlScalarNode { Value: { } text } && !IsEmpty(item) ? text : throw Fault(item, key, "must be a list of texts"))],
        YamlNode other when IsEmpty(other) => [],
        YamlNode other => throw Fault(other, key, "must be a list of texts"),
    };

    /// <summary>All keys with their texts.</summary>
    public IReadOnlyDictionary<string, string> Pairs()
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { Length: > 0 } left } || value is not YamlScalarNode { Value: { } right } || IsEmpty(value))
                throw new WebConfigurationException($"line {key.Start.Line}: {name}{key} must be a name with a text");
            pairs[left] = right;
        }
        return pairs;
    }

    /// <summary>A refusal of the value of this key.</summary>
    public WebConfigurationException Fault(string key, string problem) => Fault(Find(key) ?? node, key, problem);

    private WebConfigurationException Fault(YamlNode at, string key, string problem) => new($"line {at.Start.Line}: {name}{key} {problem}");

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    /// <summary>A key without a value, or with <c>null</c> or <c>~</c>.</summary>
    private static bool IsEmpty(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}
