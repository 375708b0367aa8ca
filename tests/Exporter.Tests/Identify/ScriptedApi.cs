using System.IO.Pipelines;
using System.Text;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>An API whose pods do what a script says, for faults that a real server can't be made to show; all other kinds are empty.</summary>
internal sealed class ScriptedApi : IKubernetesApi
{
    private readonly Queue<Func<string, string>> lists = [];

    /// <summary>Paths asked for pods, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Paths of the watches of all other kinds.</summary>
    public List<string> Followed { get; } = [];

    /// <summary>Where the present watch of pods is written to.</summary>
    public PipeWriter? Watch { get; private set; }

    /// <summary>Why a path is refused, if it is.</summary>
    public Func<string, ApiFault?> Refuse { get; set; } = _ => null;

    /// <summary>Answers one more list of pods; the last one goes on for ever.</summary>
    public ScriptedApi Then(Func<string, string> list)
    {
        lists.Enqueue(list);
        return this;
    }

    public Task<Stream> GetAsync(string path, string accept, CancellationToken stop)
    {
        Pipe pipe = new();
        if (Refuse(path) is { } fault) throw new KubernetesException(fault, $"HTTP: {fault}");
        if (!path.Contains("/pods?", StringComparison.Ordinal))
        {
            if (path.Contains("watch=1", StringComparison.Ordinal)) lock (Followed) Followed.Add(path);
            return Task.FromResult<Stream>(path.Contains("watch=1", StringComparison.Ordinal) ? pipe.Reader.AsStream() : Body("""{"kind":"List","items":[],"metadata":{"resourceVersion":"1"}}"""));
        }
        lock (Asked) Asked.Add(path);
        if (!path.Contains("watch=1", StringComparison.Ordinal)) return Task.FromResult<Stream>(Body((lists.Count > 1 ? lists.Dequeue() : lists.Peek())(path)));
        Watch = pipe.Writer;
        return Task.FromResult<Stream>(pipe.Reader.AsStream());
    }

    public static string Pod(string name, string address) =>
        $$$"""{"metadata":{"name":"{{{name}}}","namespace":"shop","resourceVersion":"7"},"spec":{},"status":{"phase":"Running","podIP":"{{{address}}}"}}""";

    public static string List(string next, params string[] pods) =>
        $$$"""{"kind":"PodList","items":[{{{string.Join(',', pods)}}}],"metadata":{"resourceVersion":"5","continue":"{{{next}}}"}}""";

    public async Task SayAsync(string line) => await Watch!.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public void Dispose()
    {
    }

    private static MemoryStream Body(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));
}
