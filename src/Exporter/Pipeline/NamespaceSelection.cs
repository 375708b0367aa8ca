using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>A choice of namespace labels by patterns, asked for each sample by the label's id.</summary>
internal sealed class NamespaceSelection
{
    private string[] patterns = [];
    private LabelRegistry? names;

    /// <summary>By label id: 0 not yet known, 1 chosen, 2 not chosen. Workers that learn an id at the same time learn the same.</summary>
    private volatile byte[] known = [];

    /// <param name="chosen">Namespaces, with <c>*</c> for any text; empty for all.</param>
    /// <param name="namespaces">Names of the ids.</param>
    public void Set(string[] chosen, LabelRegistry namespaces) => (patterns, names) = (chosen, namespaces);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int label)
    {
        if (patterns.Length == 0) return true;
        byte[] now = known;
        byte answer = label < now.Length ? now[label] : (byte)0;
        return answer == 0 ? Learn(label) : answer == 1;
    }

    private bool Learn(int label)
    {
        bool chosen = patterns.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, names![label], ignoreCase: false));
        byte[] now = known;
        if (label >= now.Length) Array.Resize(ref now, Math.Max(label + 1, now.Length * 2));
        now[label] = chosen ? (byte)1 : (byte)2;
        known = now;
        return chosen;
    }
}
