using SFlow.Exporter.Options;

namespace SFlow.Exporter.Agents;

/// <summary>How many interfaces have metrics of their own, and the sums of all others. Shared by all agents; any thread.</summary>
internal sealed class InterfaceSeats(AgentOptions options)
{
    /// <summary>Number of counters of an interface.</summary>
    public static readonly int Counters = Enum.GetValues<InterfaceCounter>().Length;

    private readonly long[] others = new long[Counters];
    private int taken;
    private long folded;

    /// <summary>Whether interfaces are followed at all.</summary>
    public bool IsEnabled => options.InterfaceMetrics;

    /// <summary>Interfaces that are followed, with metrics of their own or not.</summary>
    public PortBudget Followed { get; } = new(options);

    /// <summary>Interfaces with metrics of their own.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Most of them.</summary>
    public int Maximum => options.MaximumInterfaces;

    /// <summary>Counter samples of interfaces without metrics of their own.</summary>
    public long Folded => Volatile.Read(ref folded);

    /// <summary>What a counter grew by at all interfaces without metrics of their own, those that are gone included.</summary>
    public long ReadOthers(InterfaceCounter counter) => Volatile.Read(ref others[(int)counter]);

    /// <summary>A place for one more interface.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= options.MaximumInterfaces) return true;
        Interlocked.Decrement(ref taken);
        return false;
    }

    /// <summary>A place is free again.</summary>
    public void Return() => Interlocked.Decrement(ref taken);

    /// <summary>One counter sample of an interface without metrics of its own.</summary>
    public void Fold(ReadOnlySpan<ulong> growth)
    {
        Interlocked.Increment(ref folded);
        for (int i = 0; i < growth.Length; i++)
            if (growth[i] != 0) Interlocked.Add(ref others[i], (long)growth[i]);
    }
}
