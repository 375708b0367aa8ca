using System.Collections;

namespace SFlow.Exporter.Pipeline;

/// <summary>The counters of all workers, those that come later included; what workers count apart is summed here.</summary>
internal sealed class Workers : IReadOnlyList<WorkerCounters>, ISkippedStructures
{
    private readonly Registry<WorkerCounters> workers = new();

    public int Count => workers.Count;
    public WorkerCounters this[int index] => workers[index];

    public WorkerCounters Add() => workers.Add(_ => new WorkerCounters());

    public long Sum(Func<WorkerCounters, long> figure) => this.Sum<WorkerCounters>(figure);

    IReadOnlyList<SkippedStructure> ISkippedStructures.Read() =>
    [
        .. this.SelectMany(worker => worker.Skipped.Read())
            .GroupBy(structure => (structure.Kind, structure.Enterprise, structure.Format))
            .Select(type => new SkippedStructure(type.Key.Kind, type.Key.Enterprise, type.Key.Format, type.Sum(structure => structure.Count))),
    ];

    public IEnumerator<WorkerCounters> GetEnumerator()
    {
        for (int index = 0; index < workers.Count; index++) yield return workers[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
