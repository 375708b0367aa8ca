using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Which sockets were seen to listen: those that answered or received a TCP handshake, and those that many others talk to. Asked only where
/// Kubernetes does not tell. All workers share it, because the directions of one conversation come from two agents; one long a socket,
/// replaced whole and without a lock: two workers that meet lose a remark, never more. Eight sockets stand in one cache line.
/// </summary>
internal sealed class ListeningHistory(int sockets, long ageNanoseconds) : IListeningSockets
{
    private const int GroupSize = 8;

    // A socket from the top: 24 bits by which it is known again, 2 of proof, 16 that stand for peers, 22 of time.
    private const int TagShift = 40, ProofShift = 38, PeersShift = 22;
    private const long TimeMask = (1 << PeersShift) - 1, PeersMask = 0xFFFFL << PeersShift, ProofMask = 3L << ProofShift;
    private const long Called = 1L << ProofShift, Answered = 2L << ProofShift;

    /// <summary>Time is kept in units of 2^34 nanoseconds, 17 s, modulo 2^22.</summary>
    private const int UnitShift = 34;

    /// <summary>Who talks to so many others through one port, and to twice as many as the other end does, listens there.</summary>
    private const int ManyPeers = 4;

    private readonly long[] places = new long[Math.Max(1, sockets / GroupSize) * GroupSize];
    private readonly uint groups = (uint)Math.Max(1, sockets / GroupSize);
    private readonly int age = (int)(ageNanoseconds >> UnitShift);
    private readonly PortSet ports = new();
    private long displaced, shift;

    public ListeningHistory(ObserveOptions options)
        : this(options.Sockets, options.SocketAge.Ticks * 100)
    {
    }

    public int Maximum => places.Length;

    /// <summary>
    /// What is to be added to a record's time to have that of a clock that nobody sets: a day's leap of the machine's clock must not forget all sockets.
    /// Batches differ by some milliseconds, which are no leap.
    /// </summary>
    public void Shift(long nanoseconds)
    {
        if (Math.Abs(nanoseconds - Volatile.Read(ref shift)) > 1L << UnitShift - 1) Volatile.Write(ref shift, nanoseconds);
    }

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

    /// <summary>A handshake tells who listens: the destination of a SYN is called, the source of a SYN-ACK answers. The other end does not.</summary>
    public void Learn(in Flow record, bool answer)
    {
        ulong source = SourceOf(record), destination = DestinationOf(record);
        (ulong server, ulong client) = answer ? (source, destination) : (destination, source);
        long peer = answer ? Peer(record.Destination, record.DestinationPort) : Peer(record.Source, record.SourcePort);
        ports.Add(answer ? record.SourcePort : record.DestinationPort);
        ref long place = ref Place(server, TimeOf(record));
        long before = Volatile.Read(ref place), proof = Math.Max(before & ProofMask, answer ? Answered : Called);
        Write(ref place, before, (before & ~ProofMask) | proof | peer, TimeOf(record));
        Forget(client, Answered);
    }

    /// <summary>The source refused a connection: that it was called proves nothing.</summary>
    public void Refused(in Flow record) => Forget(SourceOf(record), Called);

    /// <summary>
    /// Which end listens, as far as is known. Each end is remembered with the other as a peer, unless the other is <paramref name="likely"/> to be
    /// the server: one socket that asks many servers does not listen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ServerEnd Judge(in Flow record, ServerEnd likely)
    {
        // Mostly one end is likely, and of the other one's port nothing is known anywhere: then only the likely one can be known to listen.
        if (likely == ServerEnd.Destination && !ports.Contains(record.SourcePort))
            return IsKnown(Touch(DestinationOf(record), record.DestinationPort, Peer(record.Source, record.SourcePort), TimeOf(record))) ? likely : ServerEnd.Unknown;
        if (likely == ServerEnd.Source && !ports.Contains(record.DestinationPort))
            return IsKnown(Touch(SourceOf(record), record.SourcePort, Peer(record.Destination, record.DestinationPort), TimeOf(record))) ? likely : ServerEnd.Unknown;
        return JudgeBoth(record, likely);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ServerEnd JudgeBoth(in Flow record, ServerEnd likely)
    {
        ulong source = SourceOf(record), destination = DestinationOf(record);
        long now = TimeOf(record);
        long from = likely == ServerEnd.Destination ? Find(source, now) : Touch(source, record.SourcePort, Peer(record.Destination, record.DestinationPort), now);
        long to = likely == ServerEnd.Source ? Find(destination, now) : Touch(destination, record.DestinationPort, Peer(record.Source, record.SourcePort), now);
        int fromPeers = Peers(from), toPeers = Peers(to);
        int fromRank = Rank(from, fromPeers, toPeers), toRank = Rank(to, toPeers, fromPeers);
        if (fromRank == toRank) (fromRank, toRank) = (IsMany(fromPeers, toPeers) ? 1 : 0, IsMany(toPeers, fromPeers) ? 1 : 0);
        return fromRank == toRank ? ServerEnd.Unknown : fromRank > toRank ? ServerEnd.Source : ServerEnd.Destination;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long TimeOf(in Flow record) => record.TimestampNanoseconds + shift;

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
        // The sign is kept: samples of two agents come in any order.
        int silent = (int)((now >> UnitShift) - entry) << (32 - PeersShift) >> (32 - PeersShift);
        return silent > age;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Touch(ulong socket, ushort port, long peer, long now)
    {
        ports.Add(port);
        ref long place = ref Place(socket, now);
        long before = Volatile.Read(ref place);
        return Write(ref place, before, before | peer, now);
    }

    /// <summary>What is known of the socket, which was heard now; 0 when nothing is.</summary>
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

    /// <summary>The socket's place; what stands there is the socket's, if only its tag.</summary>
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

    /// <summary>Gives away an empty place, else one of the silent, of those not known to listen, of the longest unheard.</summary>
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

    /// <summary>Takes a socket's proof away, if it is no better than that.</summary>
    private void Forget(ulong socket, long proof)
    {
        ref long group = ref Group(socket);
        int at = SocketGroup.IndexOf(ref group, Tag(socket), TagShift);
        if (at < 0) return;
        ref long place = ref Unsafe.Add(ref group, at);
        long entry = Volatile.Read(ref place);
        if ((entry & ProofMask) <= proof) Volatile.Write(ref place, entry & ~ProofMask);
    }

    /// <summary>The first of the group's eight places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref long Group(ulong socket) => ref places[(int)((uint)(socket >> 28) * (ulong)groups >> 32) * GroupSize];
}
