using SFlow.Exporter.Identify.Facts;

namespace SFlow.Exporter.Identify.Index;

/// <summary>ReplicaSets or Jobs: from a pod to the workload that people know, Deployment rather than ReplicaSet, CronJob rather than Job.</summary>
internal sealed class OwnerIndex(HashSet<Owner> changed) : KindIndex<OwnerFacts, bool>
{
    protected override bool Claim(OwnerFacts facts) => true;

    protected override void Release(OwnerFacts facts, bool place, OwnerFacts? successor)
    {
    }

    protected override void Changed(OwnerFacts? before, OwnerFacts? after)
    {
        OwnerFacts some = (after ?? before)!;
        changed.Add(new Owner(some.Kind, some.Key.Name));
    }
}
