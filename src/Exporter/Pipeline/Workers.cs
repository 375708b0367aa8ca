using System.Collections;

namespace SFlow.Exporter.Pipeline;

/// <summary>The counters of all workers, including later ones.</summary>
internal sealed class Workers : IReadOnlyList<WorkerCounters>
{
    private readonly Registry<WorkerCounters> workers = new();

    public int Count => workers.Count;
    public WorkerCounters this[int index] => workers[index];

    public WorkerCounters Add() => workers.Add(_ => new WorkerCounters());

    public long Sum(Func<WorkerCounters, long> figure) => this.Sum<WorkerCounters>(figure);

    public IEnumerator<WorkerCounters> GetEnumerator()
    {
        for (int index = 0; index < workers.Count; index++) yield return workers[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
