using System.Globalization;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>A field of a record as the specification declares it.</summary>
internal sealed record ReferenceField(string Type, string Name, bool IsLater);

/// <summary>A record as the specification declares it, read from <c>structures.txt</c>.</summary>
internal sealed record ReferenceStructure(string Kind, uint Tag, string Name, IReadOnlyList<ReferenceField> Fields)
{
    public static IReadOnlyDictionary<(string Kind, uint Tag), ReferenceStructure> All { get; } =
        Lines().Select(Parse).ToDictionary(structure => (structure.Kind, structure.Tag));

    private static IEnumerable<string> Lines()
    {
        using Stream stream = typeof(ReferenceStructure).Assembly.GetManifestResourceStream("structures.txt")!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    private static ReferenceStructure Parse(string line)
    {
        string[] parts = line.Split(": ", 2), head = parts[0].Split(' '), tag = head[1].Split(':');
        uint number = uint.Parse(tag[0], CultureInfo.InvariantCulture) * 4096 + uint.Parse(tag[1], CultureInfo.InvariantCulture);
        return new ReferenceStructure(head[0], number, head[2], [.. parts[1].Split(", ").Select(field => field.Split(' '))
            .Select(field => new ReferenceField(field[0].TrimEnd('?'), field[1], field[0].EndsWith('?')))]);
    }
}
