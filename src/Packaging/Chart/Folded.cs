using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SFlow.Packaging.Chart;

/// <summary>A place in an object: a field by its name, or an item of a list by what identifies it.</summary>
/// <param name="Key">Name of the field, or identity of the item.</param>
internal sealed record Slot(string Key)
{
    /// <summary>What is there: one value, or several that exclude each other.</summary>
    public List<Folded> Alternatives { get; } = [];
}

/// <summary>A value in several renderings of one object at once, with the set of renderings that have it.</summary>
internal sealed class Folded(YamlNode node)
{
    /// <summary>One bit for each rendering.</summary>
    public long Presence { get; private set; }

    /// <summary>Fields or items; empty for a scalar.</summary>
    public List<Slot> Slots { get; } = [];

    public bool IsList => node is YamlSequenceNode;
    public YamlScalarNode? Scalar => node as YamlScalarNode;

    /// <summary>Adds the value that a rendering has at a place.</summary>
    /// <exception cref="PackagingException">Two items of a list have the same identity.</exception>
    public static void Add(Slot slot, YamlNode value, int rendering)
    {
        Folded? there = slot.Alternatives.Find(other => other.IsLike(value));
        if (there is null) slot.Alternatives.Add(there = new Folded(value));
        there.Presence |= 1L << rendering;
        if (value is YamlMappingNode fields)
            foreach ((YamlNode name, YamlNode field) in fields) Add(there.At(((YamlScalarNode)name).Value!), field, rendering);
        if (value is not YamlSequenceNode items) return;
        string[] keys = [.. items.Select(Identity)];
        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Length) throw new PackagingException($"The list {slot.Key} has two items of one name: {string.Join(", ", keys)}.");
        for (int i = 0; i < keys.Length; i++) Add(there.At(keys[i]), items[i], rendering);
    }

    private Slot At(string key)
    {
        Slot? slot = Slots.Find(other => other.Key == key);
        if (slot is null) Slots.Add(slot = new Slot(key));
        return slot;
    }

    private bool IsLike(YamlNode other) => (node, other) switch
    {
        (YamlScalarNode mine, YamlScalarNode its) => mine.Value == its.Value && IsText(mine) == IsText(its),
        (YamlMappingNode, YamlMappingNode) or (YamlSequenceNode, YamlSequenceNode) => true,
        _ => false,
    };

    /// <summary>Quoted, so that it is a text whatever it looks like.</summary>
    private static bool IsText(YamlScalarNode scalar) => scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any);

    /// <summary>Items with a name are the same item whatever else they have, as in a strategic merge.</summary>
    private static string Identity(YamlNode item) =>
        item is YamlMappingNode fields && fields.Children.TryGetValue("name", out YamlNode? name) ? $"name:{name}" : item.ToString();
}
