using SFlow.Exporter.Identify.Facts;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Namespaces: no address is theirs, but they say more about whose it is.</summary>
internal sealed class NamespaceIndex : KindIndex<NamespaceFacts, bool>
{
    protected override bool Claim(NamespaceFacts facts) => true;

    protected override void Release(NamespaceFacts facts, bool place, NamespaceFacts? successor)
    {
    }
}
