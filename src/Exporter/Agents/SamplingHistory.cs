using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The sampling rates that the data sources of one agent had. A higher rate makes each sample count for more, so it needs a proof: the sample pool
/// (all packets that could have been sampled) grew by about as much since the source's last sample, or the source began again, or the rate stayed
/// for half a minute. A lower rate needs none.
/// </summary>
/// <remarks>
/// Concurrent writers may lose an update; an entry is never torn. Open vSwitch adds the rate to the pool for each sample; switches count their packets,
/// so that between two samples the pool may grow by much less than the rate: hence the <see cref="Slack"/>.
/// </remarks>
internal sealed class SamplingHistory
{
    /// <summary>Data sources of one agent that are judged by themselves; a chassis switch has fewer ports. Further ones are judged by the others.</summary>
    private const int Most = 1_024;

    /// <summary>How much less than expected the pool may have grown.</summary>
    private const uint Slack = 16;

    /// <summary>Ports of one switch differ by their speeds: a source that is new may have so many times the highest rate of the others.</summary>
    private const ulong BetweenSources = 64;

    /// <summary>A longer way between two samples of a source says nothing: the pool may have wrapped.</summary>
    private const uint LongestStep = 65_536;

    private const int Confirmations = 16;
    private const long ConfirmedAfter = 30 * UnixTime.Second;
    private const ulong Used = 1UL << 63;

    /// <summary>24 bytes: the sources of some switches fit into the caches.</summary>
    private struct Source
    {
        /// <summary>Type and index of the data source with the highest bit set; 0 for an empty place.</summary>
        public ulong Key;
        /// <summary>The highest rate that is accepted, and pool and sequence of the newest sample.</summary>
        public uint Rate, Pool, Sequence;
    }

    /// <summary>A higher rate of a source without a proof so far: how often it came, and since when.</summary>
    private struct Claim
    {
        public uint Rate;
        public int Samples;
        public long Since;
    }

    private readonly Lock adding = new();

    /// <summary>A sender chooses its data sources, so it must not know which of them fall on one place.</summary>
    private readonly ulong seed = (ulong)Random.Shared.NextInt64();

    private readonly Dictionary<ulong, Claim> claims = [];
    private volatile Source[] sources = new Source[4];
    private int count;
    private uint highest;

    /// <summary>
    /// Accepts samples from the sender that the agent is known by, if the source of each had its rate before. False if one has to be judged: then all
    /// can be, because an accepted sample only notes its own pool and sequence.
    /// </summary>
    public bool TryAccept(ReadOnlySpan<Flow> samples)
    {
        Source[] table = sources;
        foreach (ref readonly Flow sample in samples)
        {
            ulong key = KeyOf(sample);
            ref Source source = ref table[Place(table, key)];
            if (source.Key != key || sample.SamplingRate > source.Rate) return false;
            (source.Pool, source.Sequence) = (sample.SamplePool, sample.SampleSequence);
        }
        return true;
    }

    /// <summary>Whether the rate of a sample can be true.</summary>
    /// <param name="sample">A sample of the agent without another fault.</param>
    /// <param name="trusted">The sample came from the sender that the agent is known by. What others send is judged and teaches nothing.</param>
    /// <param name="now">Nanoseconds of a clock that runs steadily.</param>
    public bool IsPlausible(in Flow sample, bool trusted, long now)
    {
        ulong key = KeyOf(sample);
        uint rate = sample.SamplingRate;
        ref Source source = ref Find(key);
        if (Unsafe.IsNullRef(ref source))
        {
            // Only the sender that the agent is known by may add sources; the first one of all has nothing to be compared with.
            bool usual = count == 0 || rate <= (trusted ? BetweenSources : 1) * highest;
            if (!trusted || count >= Most) return usual;
            source = ref Add(key);
            if (usual) return Accept(ref source, sample);
        }
        else if (rate <= source.Rate)
        {
            if (trusted) (source.Pool, source.Sequence) = (sample.SamplePool, sample.SampleSequence);
            return true;
        }
        else if (!trusted) return false;
        else if (PoolAgrees(sample, source)) return Accept(ref source, sample);

        return IsConfirmed(key, rate, now) && Accept(ref source, sample);
    }

    /// <summary>Notes one more sample with the higher rate; true once it has come often and long enough.</summary>
    private bool IsConfirmed(ulong key, uint rate, long now)
    {
        lock (adding)
        {
            ref Claim claim = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, key, out bool known);
            if (!known || claim.Rate != rate) claim = new Claim { Rate = rate, Since = now };
            return ++claim.Samples >= Confirmations && now - claim.Since >= ConfirmedAfter;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(in Flow sample) => Used | (ulong)sample.SourceIdType << 32 | sample.SourceIdIndex;

    private static bool PoolAgrees(in Flow sample, in Source before)
    {
        uint step = sample.SampleSequence - before.Sequence, grown = sample.SamplePool - before.Pool;
        if (step is > 0 and <= LongestStep) return grown <= int.MaxValue && (ulong)grown * Slack >= (ulong)sample.SamplingRate * step;
        // The source began again: numbers and pool count from there.
        ulong expected = (ulong)sample.SamplingRate * sample.SampleSequence;
        return sample.SampleSequence < before.Sequence && expected <= uint.MaxValue && (ulong)sample.SamplePool * Slack >= expected;
    }

    private bool Accept(ref Source source, in Flow sample)
    {
        (source.Rate, source.Pool, source.Sequence) = (sample.SamplingRate, sample.SamplePool, sample.SampleSequence);
        lock (adding) claims.Remove(source.Key);
        highest = Math.Max(highest, sample.SamplingRate);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(Source[] table, ulong key) =>
        (int)((key ^ seed) * 0x9E37_79B9_7F4A_7C15 >> BitOperations.LeadingZeroCount((uint)table.Length) + 33) & (table.Length - 1);

    private ref Source Find(ulong key)
    {
        Source[] table = sources;
        for (int at = Place(table, key), step = 0; step < table.Length; at = (at + 1) & (table.Length - 1), step++)
        {
            if (table[at].Key == key) return ref table[at];
            if (table[at].Key == 0) break;
        }
        return ref Unsafe.NullRef<Source>();
    }

    /// <summary>Once for each source of an agent.</summary>
    private ref Source Add(ulong key)
    {
        lock (adding)
        {
            Source[] table = sources;
            // Half full at most: the golden ratio spreads the numbers of a switch's ports, so that nearly each has the place of its hash, which is all
            // that the usual sample looks at.
            if (++count * 2 > table.Length)
            {
                Source[] grown = new Source[(int)BitOperations.RoundUpToPowerOf2((uint)count) * 4];
                foreach (ref Source known in table.AsSpan())
                    if (known.Key != 0) Vacant(grown, known.Key) = known;
                sources = table = grown;
            }
            ref Source source = ref Vacant(table, key);
            source = new Source { Key = key };
            return ref source;
        }
    }

    private ref Source Vacant(Source[] table, ulong key)
    {
        int at = Place(table, key);
        while (table[at].Key != 0) at = (at + 1) & (table.Length - 1);
        return ref table[at];
    }
}
