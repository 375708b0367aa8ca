using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Cache of sockets that were seen to listen: they answered or received a TCP handshake, or many peers talk to them. Used only if Kubernetes
/// does not know the server. All workers share it, because the directions of one conversation come from two agents. Each socket is one
/// long without a lock: concurrent writers may lose an update; an entry is never torn. Eight sockets share a cache line.
/// </summary>
internal sealed class ListeningHistory : IListeningSockets
{
    private const int GroupSize = CacheLine.Longs;

    // Layout from the top: 24 bits of tag, 2 of evidence, 16 for peers, 22 of time.
    private const int TagShift = 40, ProofShift = 38, PeersShift = 22;
    private const long TimeMask = (1 << PeersShift) - 1, PeersMask = 0xFFFFL << PeersShift, ProofMask = 3L << ProofShift;
    private const long Called = 1L << ProofShift, Answered = 2L << ProofShift;

    /// <summary>Unit of time: 2^34 nanoseconds, 17 s, modulo 2^22.</summary>
    private const int UnitShift = 34;

    /// <summary>A socket listens if it has this many peers, and twice as many as the other socket.</summary>
    private const int ManyPeers = 4;

    private readonly long[] places;
    private readonly int first, age;
    private readonly uint groups;
    private readonly PortSet ports = new();
    private long displaced;

    public ListeningHistory(int sockets, long ageNanoseconds)
    {
        groups = (uint)Math.Max(1, sockets / GroupSize);
        places = CacheLine.Allocate((int)groups * GroupSize, out first);
        age = (int)(ageNanoseconds >> UnitShift);
    }

    public ListeningHistory(ObserveOptions options)
        : this(options.Sockets, options.SocketAge.ToNanoseconds())
    {
    }

    public int Maximum => (int)groups * GroupSize;

    public long Displaced => Volatile.Read(ref displaced);

    public int Count
    {
        get
        {
            int known = 0;
            foreach (ref long place in places.AsSpan())
                if (IsKnown(Volatile.Read(ref place))) known++;
            return known;
        }
    }

    /// <summary>A handshake shows who listens: the destination of a SYN, or the source of a SYN-ACK. The other socket does not listen.</summary>
    public void Learn(in Flow record, bool answer)
    {
        ulong source = SourceOf(record), destination = DestinationOf(record);
        (ulong server, ulong client) = answer ? (source, destination) : (destination, source);
        long peer = answer ? Peer(record.Destination, record.DestinationPort) : Peer(record.Source, record.SourcePort);
        ports.Add(answer ? record.SourcePort : record.DestinationPort);
        ref long place = ref Place(server, record.SteadyNanoseconds);
        long before = Volatile.Read(ref place), proof = Math.Max(before & ProofMask, answer ? Answered : Called);
        Write(ref place, before, (before & ~ProofMask) | proof | peer, record.SteadyNanoseconds);
        Forget(client, Answered);
    }

    /// <summary>
    /// Loads the cache lines that <see cref="Judge"/> of this sample will read. Called for a batch of samples, so that the memory works for all of
    /// them at the same time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(in Flow record)
    {
        if (!Sse.IsSupported) return;
        // Pinned by its allocation.
        Sse.Prefetch0(Unsafe.AsPointer(ref Group(SourceOf(record))));
        Sse.Prefetch0(Unsafe.AsPointer(ref Group(DestinationOf(record))));
    }

    /// <summary>The source refused a connection, so the SYN to it is no evidence.</summary>
    public void Refused(in Flow record) => Forget(SourceOf(record), Called);

    /// <summary>
    /// The socket that listens, if known. Each socket is stored with the other as a peer, except with a <paramref name="likely"/> server: a
    /// socket that calls many servers does not listen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ServerEnd Judge(in Flow record, ServerEnd likely)
    {
        // Usually one socket is the likely server, and no socket with the port of the other is known to listen. Then only the likely one needs a search.
        if (likely == ServerEnd.Destination && !ports.Contains(record.SourcePort))
            return IsKnown(Touch(DestinationOf(record), record.DestinationPort, Peer(record.Source, record.SourcePort), record.SteadyNanoseconds)) ? likely : ServerEnd.Unknown;
        if (likely == ServerEnd.Source && !ports.Contains(record.DestinationPort))
            return IsKnown(Touch(SourceOf(record), record.SourcePort, Peer(record.Destination, record.DestinationPort), record.SteadyNanoseconds)) ? likely : ServerEnd.Unknown;
        return JudgeBoth(record, likely);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ServerEnd JudgeBoth(in Flow record, ServerEnd likely)
    {
        ulong source = SourceOf(record), destination = DestinationOf(record);
        long now = record.SteadyNanoseconds;
        long from = likely == ServerEnd.Destination ? Find(source, now) : Touch(source, record.SourcePort, Peer(record.Destination, record.DestinationPort), now);
        long to = likely == ServerEnd.Source ? Find(destination, now) : Touch(destination, record.DestinationPort, Peer(record.Source, record.SourcePort), now);
        int fromPeers = Peers(from), toPeers = Peers(to);
        int fromRank = Rank(from, fromPeers, toPeers), toRank = Rank(to, toPeers, fromPeers);
        if (fromRank == toRank) (fromRank, toRank) = (IsMany(fromPeers, toPeers) ? 1 : 0, IsMany(toPeers, fromPeers) ? 1 : 0);
        return fromRank == toRank ? ServerEnd.Unknown : fromRank > toRank ? ServerEnd.Source : ServerEnd.Destination;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SourceOf(in Flow record) => record.Source.SocketHash(record.SourcePort, record.Protocol);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DestinationOf(in Flow record) => record.Destination.SocketHash(record.DestinationPort, record.Protocol);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Rank(long entry, int peers, int others) =>
        (entry & ProofMask) == Answered ? 3 : IsMany(peers, others) ? 2 : (entry & ProofMask) == Called ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMany(int peers, int others) => peers >= ManyPeers && peers >= 2 * others;

    private static bool IsKnown(long entry) => (entry & ProofMask) != 0 || Peers(entry) >= ManyPeers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Peers(long entry) => BitOperations.PopCount((ulong)(entry & PeersMask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Peer(Address address, ushort port) => 1L << (PeersShift + (int)((address.Low ^ (ulong)port << 32) * 0x9E37_79B9_7F4A_7C15 >> 60));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Tag(ulong socket) => (long)(socket << TagShift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDead(long entry, long now)
    {
        // The sign is kept: samples of two agents arrive in any order.
        int silent = (int)((now >> UnitShift) - entry) << (32 - PeersShift) >> (32 - PeersShift);
        return silent > age;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Touch(ulong socket, ushort port, long peer, long now)
    {
        ref long place = ref Place(socket, now);
        long before = Volatile.Read(ref place), entry = Write(ref place, before, before | peer, now);
        // A client's port must not count as one that listens, or nearly every search would be for both sockets.
        if (entry != before && IsKnown(entry)) ports.Add(port);
        return entry;
    }

    /// <summary>Reads the entry of a socket and renews its time; 0 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Find(ulong socket, long now)
    {
        ref long group = ref Group(socket);
        int at = SocketGroup.IndexOf(ref group, Tag(socket), TagShift);
        if (at < 0) return 0;
        ref long place = ref Unsafe.Add(ref group, at);
        long entry = Volatile.Read(ref place);
        return IsDead(entry, now) ? 0 : Write(ref place, entry, entry, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Write(ref long place, long before, long entry, long now)
    {
        entry = (entry & ~TimeMask) | (now >> UnitShift & TimeMask);
        if (entry != before) Volatile.Write(ref place, entry);
        return entry;
    }

    /// <summary>The place of a socket. Afterwards it has at least the tag of the socket.</summary>
    private ref long Place(ulong socket, long now)
    {
        ref long group = ref Group(socket);
        long tag = Tag(socket);
        int at = SocketGroup.IndexOf(ref group, tag, TagShift);
        if (at < 0) return ref Vacate(ref group, tag, now);
        ref long place = ref Unsafe.Add(ref group, at);
        if (IsDead(Volatile.Read(ref place), now)) Volatile.Write(ref place, tag);
        return ref place;
    }

    /// <summary>Evicts an entry, in this order: empty, expired, not known to listen, least recently heard.</summary>
    private ref long Vacate(ref long first, long tag, long now)
    {
        Span<long> group = MemoryMarshal.CreateSpan(ref first, GroupSize);
        int chosen = 0;
        long worth = long.MaxValue;
        for (int at = 0; at < GroupSize; at++)
        {
            long entry = group[at], silent = (now >> UnitShift) - entry & TimeMask;
            long mine = entry == 0 || IsDead(entry, now) ? -1 : IsKnown(entry) ? 2 * TimeMask - silent : TimeMask - silent;
            if (mine < worth) (chosen, worth) = (at, mine);
        }
        if (worth > TimeMask) Interlocked.Increment(ref displaced);
        Volatile.Write(ref group[chosen], tag);
        return ref group[chosen];
    }

    /// <summary>Removes the evidence of a socket, if it is at most this strong.</summary>
    private void Forget(ulong socket, long proof)
    {
        ref long group = ref Group(socket);
        int at = SocketGroup.IndexOf(ref group, Tag(socket), TagShift);
        if (at < 0) return;
        ref long place = ref Unsafe.Add(ref group, at);
        long entry = Volatile.Read(ref place);
        if ((entry & ProofMask) <= proof) Volatile.Write(ref place, entry & ~ProofMask);
    }

    /// <summary>The first of the eight places of the group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref long Group(ulong socket) => ref places[first + (int)((uint)(socket >> 28) * (ulong)groups >> 32) * GroupSize];
}
