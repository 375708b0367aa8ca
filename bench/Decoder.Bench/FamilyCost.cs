using System.Globalization;
using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>
/// CPU nanoseconds of the families for a flow sample: the flow family alone, then with each further one. A cluster of 4 000 pods on 8 nodes, 40
/// namespaces, 100 Services; batches of 64 samples, of which two in three count and one in eight proves bytes received.
/// </summary>
internal static class FamilyCost
{
    private const int Samples = 1 << 16, Batch = 64, Pods = 4_000, WarmUp = 8, Rounds = 21, Passes = 20;

    /// <summary>Least and median of the rounds, one line a set of families.</summary>
    public static IEnumerable<string> Measure()
    {
        Registries names = new();
        Flow[] samples = new Flow[Samples];
        FamilyTraffic.Fill(samples, names, Pods);
        (string Name, Func<Family> Make)[] families =
        [
            ("flow", () => new Family<FlowFamily>(names, new FamilyLimits(FlowFamily.Defaults.Series), 0)),
            ("acknowledged", () => new Family<AcknowledgedFamily>(names, new FamilyLimits(AcknowledgedFamily.Defaults.Series), 0)),
            ("locality", () => new Family<LocalityFamily>(names, new FamilyLimits(LocalityFamily.Defaults.Series), 0)),
            ("namespace_pair", () => new Family<NamespacePairFamily>(names, new FamilyLimits(NamespacePairFamily.Defaults.Series), 0)),
            ("node", () => new Family<NodeFamily>(names, new FamilyLimits(NodeFamily.Defaults.Series), 0)),
            ("backend", () => new Family<BackendFamily>(names, new FamilyLimits(BackendFamily.Defaults.Series), 0)),
            ("external", () => new Family<ExternalFamily>(names, new FamilyLimits(ExternalFamily.Defaults.Series), 0)),
            ("workload", () => new Family<WorkloadFamily>(names, new FamilyLimits(WorkloadFamily.Defaults.Series), 0)),
        ];
        for (int count = 1; count <= families.Length; count++)
        {
            CountStage stage = new FamilySet([.. families[..count].Select(family => family.Make())]).NewStage();
            yield return $"{string.Join(" + ", families[..count].Select(family => family.Name))}: {Measure(stage, samples)}";
        }
    }

    /// <summary>What the history adds to the families that are counted without options: while all keys have a place, and in a full table.</summary>
    public static IEnumerable<string> MeasureHistory()
    {
        CountOptions options = new();
        foreach (int workloads in new[] { 80, 400 })
        {
            Registries names = new();
            Flow[] samples = new Flow[Samples];
            FamilyTraffic.Fill(samples, names, Pods, workloads);
            yield return $"default families: {Measure(FamilySet.Live(names, options, 0).NewStage(), samples)}";
            FamilySet families = FamilySet.Live(names, options, 0, historyKeys: HistoryFamily.Defaults.Series);
            yield return $"default families + history: {Measure(families.NewStage(), samples)}, {families.History!.Count} keys";
        }
    }

    private static string Measure(CountStage stage, Flow[] samples)
    {
        List<double> rounds = [];
        for (int round = 0; round < WarmUp + Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int pass = 0; pass < Passes; pass++)
                for (int at = 0; at < Samples; at += Batch) stage.Process(samples.AsSpan(at, Batch));
            if (round >= WarmUp) rounds.Add((Environment.CpuUsage.TotalTime - before).TotalNanoseconds / ((double)Passes * Samples));
        }
        rounds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{rounds[0]:F1} {rounds[Rounds / 2]:F1}");
    }
}
