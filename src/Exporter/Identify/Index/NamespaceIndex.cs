using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Namespaces: they own no address, but explain shows their age and requester.</summary>
internal sealed class NamespaceIndex : KindIndex<NamespaceResource, bool>
{
    protected override bool Claim(NamespaceResource facts) => true;

    protected override void Release(NamespaceResource facts, bool place, NamespaceResource? successor)
    {
    }
}
