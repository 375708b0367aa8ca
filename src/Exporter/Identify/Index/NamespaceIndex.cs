using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Namespaces: no address is theirs, but they say more about whose it is.</summary>
internal sealed class NamespaceIndex : KindIndex<NamespaceResource, bool>
{
    protected override bool Claim(NamespaceResource facts) => true;

    protected override void Release(NamespaceResource facts, bool place, NamespaceResource? successor)
    {
    }
}
