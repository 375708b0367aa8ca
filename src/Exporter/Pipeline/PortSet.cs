using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Port numbers at which something is known anywhere, a bit each. Of a client's port, which half of all are, it tells at once that there is nothing to look
/// for. It only grows, so that readers need no copy and no lock.
/// </summary>
internal sealed class PortSet
{
    private readonly ulong[] bits = new ulong[1024];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ushort port)
    {
        if (!Contains(port)) Interlocked.Or(ref bits[port >> 6], 1UL << port);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ushort port) => (bits[port >> 6] >> port & 1) != 0;
}
