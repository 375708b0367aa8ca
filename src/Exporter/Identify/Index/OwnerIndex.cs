using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Index;

/// <summary>ReplicaSets or Jobs: they lead from a pod to its workload, Deployment rather than ReplicaSet, CronJob rather than Job.</summary>
internal sealed class OwnerIndex(HashSet<Owner> changed) : KindIndex<OwnerResource, bool>
{
    protected override bool Claim(OwnerResource facts) => true;

    protected override void Release(OwnerResource facts, bool place, OwnerResource? successor)
    {
    }

    protected override void Changed(OwnerResource? before, OwnerResource? after)
    {
        OwnerResource some = (after ?? before)!;
        changed.Add(new Owner(some.Kind, some.Key.Name));
    }
}
