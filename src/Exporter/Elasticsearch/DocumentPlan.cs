using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Makes the parts of a document from the catalogue: the dots of a field's name are objects, in the order in which the catalogue first has them.</summary>
internal static class DocumentPlan
{
    /// <summary>A field with what is left of its name below an object.</summary>
    private readonly record struct Entry(string Path, Field Field)
    {
        public string First => Path.Split('.')[0];
        public bool IsLeaf => !Path.Contains('.', StringComparison.Ordinal);
        public Entry Below => this with { Path = Path[(First.Length + 1)..] };
    }

    public static DocumentPart[] Make(IEnumerable<Field> fields)
    {
        Dictionary<string, ObjectPart> roots = [];
        return [.. Members(fields.Select(field => new Entry(field.Name, field)), roots)];
    }

    /// <param name="entries">Fields of one object.</param>
    /// <param name="roots">Gets the objects of the first level, which roles copy; null below it.</param>
    private static List<DocumentPart> Members(IEnumerable<Entry> entries, Dictionary<string, ObjectPart>? roots)
    {
        List<DocumentPart> parts = [];
        List<DocumentPart> run = [];
        Func<NamedFlow, object?>? runKey = null;
        foreach (IGrouping<string, Entry> member in entries.GroupBy(entry => entry.First))
        {
            Func<NamedFlow, object?>? key = CommonKey(member);
            if (key != runKey) EndRun();
            runKey = key;
            DocumentPart part = Part(member, roots);
            if (part is ObjectPart made) roots?.Add(member.Key, made);
            run.Add(part);
        }
        EndRun();
        return parts;

        void EndRun()
        {
            if (runKey is null) parts.AddRange(run);
            else if (run.Count > 0) parts.Add(new KeptPart(runKey, [.. run]));
            run.Clear();
        }
    }

    private static DocumentPart Part(IGrouping<string, Entry> member, Dictionary<string, ObjectPart>? roots)
    {
        Entry first = member.First();
        if (first.Field.IsCopied) return new RolePart(member.Key, roots!["source"], roots["destination"], isServer: member.Key == "server");
        return first.IsLeaf ? new FieldPart(member.Key, first.Field.Write!) : new ObjectPart(member.Key, [.. Members(member.Select(entry => entry.Below), null)]);
    }

    /// <summary>The object on which all fields depend alone; null if they do not have one in common.</summary>
    private static Func<NamedFlow, object?>? CommonKey(IEnumerable<Entry> entries)
    {
        Func<NamedFlow, object?>?[] keys = [.. entries.Select(entry => entry.Field.DependsOn).Distinct()];
        return keys.Length == 1 ? keys[0] : null;
    }
}
