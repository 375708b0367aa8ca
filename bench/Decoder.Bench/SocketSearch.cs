using BenchmarkDotNet.Attributes;
using SFlow.Exporter.Observe;

namespace SFlow.Bench;

/// <summary>A socket's place among the eight of its group, at once against one after the other, in the 65 536 places of the default.</summary>
public class SocketSearch
{
    private const int Groups = 8_192, LowerBits = 40;

    private readonly long[] places = new long[Groups * SocketGroup.Size];
    private readonly (int Group, long Tag)[] wanted = new (int, long)[4_096];

    [GlobalSetup]
    public void Fill()
    {
        Random random = new(1);
        for (int at = 0; at < places.Length; at++) places[at] = random.NextInt64(1, long.MaxValue);
        for (int at = 0; at < wanted.Length; at++)
        {
            int place = random.Next(places.Length);
            wanted[at] = (place / SocketGroup.Size * SocketGroup.Size, places[place] >>> LowerBits << LowerBits);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = 4_096)]
    public int OneAfterTheOther()
    {
        int sum = 0;
        foreach ((int group, long tag) in wanted) sum += SocketGroup.IndexOfEach(ref places[group], tag, LowerBits);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = 4_096)]
    public int AllAtOnce()
    {
        int sum = 0;
        foreach ((int group, long tag) in wanted) sum += SocketGroup.IndexOf(ref places[group], tag, LowerBits);
        return sum;
    }
}
