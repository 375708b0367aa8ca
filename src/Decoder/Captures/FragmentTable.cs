using System.Buffers.Binary;
using SFlow.Packets;

namespace SFlow.Captures;

/// <summary>
/// Puts fragmented IP packets together again: at most <see cref="MaximumOpen"/> at a time, their fragments in order, as one host
/// sends them. What doesn't fit is given up, and its fragments are counted.
/// </summary>
internal sealed class FragmentTable
{
    public const int MaximumOpen = 8;

    private const int LargestPacket = 65_535, IPv4HeaderLength = 20, IPv6HeaderLength = 40, FragmentHeaderLength = 8;
    private const byte FragmentHeader = 44;

    private readonly Slot[] slots = new Slot[MaximumOpen];
    private int oldest;

    /// <summary>Adds a fragment; <paramref name="whole"/> is what the IP packet carries once its last fragment has come, else empty.</summary>
    /// <returns>Fragments given up.</returns>
    public int Add(scoped in SampledPacket packet, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        if (!TryLocate(packet, out uint identification, out ReadOnlySpan<byte> data)) return 1;
        Key key = new(packet.Source, packet.Destination, identification);
        int offset = packet.FragmentOffset * 8, at = Find(key), given = 0;
        if (offset == 0)
        {
            if (at < 0) at = oldest = (oldest + 1) % MaximumOpen;
            given = slots[at].Fragments;
            slots[at].Begin(key);
        }
        if (at < 0) return 1;

        ref Slot slot = ref slots[at];
        if (offset != slot.Length || !slot.TryAppend(data)) return given + slot.Clear() + 1;
        if (packet.MoreFragments) return given;
        whole = slot.Bytes;
        slot.Clear();
        return given;
    }

    /// <summary>Gives up what is still open.</summary>
    /// <returns>Fragments given up.</returns>
    public int Clear()
    {
        int given = 0;
        for (int i = 0; i < slots.Length; i++) given += slots[i].Clear();
        return given;
    }

    private int Find(in Key key)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            if (slots[i].Fragments > 0 && slots[i].Key == key) return i;
        }
        return -1;
    }

    /// <summary>Finds the fragment's data, without the link's padding; an IPv6 fragment header must be the first extension header.</summary>
    private static bool TryLocate(scoped in SampledPacket packet, out uint identification, out ReadOnlySpan<byte> data)
    {
        identification = 0;
        data = default;
        ReadOnlySpan<byte> ip = packet.Network;
        if (packet.IPLength < IPv4HeaderLength || packet.IPLength > (uint)ip.Length) return false;
        ip = ip[..(int)packet.IPLength];
        if (packet.Has(PacketFields.IPv4))
        {
            identification = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
            int length = (ip[0] & 15) * 4;
            if (length > ip.Length) return false;
            data = ip[length..];
            return true;
        }
        if (ip[6] != FragmentHeader || ip.Length < IPv6HeaderLength + FragmentHeaderLength) return false;
        identification = BinaryPrimitives.ReadUInt32BigEndian(ip[(IPv6HeaderLength + 4)..]);
        data = ip[(IPv6HeaderLength + FragmentHeaderLength)..];
        return true;
    }

    private readonly record struct Key(Address Source, Address Destination, uint Identification);

    private struct Slot
    {
        private byte[]? bytes;

        public Key Key { get; private set; }
        public int Fragments { get; private set; }
        public int Length { get; private set; }
        public readonly ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

        public void Begin(in Key key)
        {
            Clear();
            Key = key;
        }

        public bool TryAppend(ReadOnlySpan<byte> data)
        {
            bytes ??= new byte[LargestPacket];
            if (data.Length > bytes.Length - Length) return false;
            data.CopyTo(bytes.AsSpan(Length));
            Length += data.Length;
            Fragments++;
            return true;
        }

        /// <summary>Frees the slot; what it held stays readable until the next fragment.</summary>
        public int Clear()
        {
            int had = Fragments;
            Fragments = 0;
            Length = 0;
            return had;
        }
    }
}
