using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Load and processor time of a host (sFlow host structures, <c>host_cpu</c>). Times are milliseconds since boot; unknown values are all ones, an unknown load is -1.</summary>
public readonly struct HostCpu : IRecord<HostCpu>
{
    /// <summary>Data format 0:2003.</summary>
    public const uint Tag = 2003;

    private const int ShortLength = 68;

    /// <summary>Load average over a minute.</summary>
    public readonly XdrFloat LoadOne;

    /// <summary>Load average over 5 minutes.</summary>
    public readonly XdrFloat LoadFive;

    /// <summary>Load average over 15 minutes.</summary>
    public readonly XdrFloat LoadFifteen;

    /// <summary>Processes running now.</summary>
    public readonly XdrUInt32 ProcessesRunning;

    /// <summary>Processes now.</summary>
    public readonly XdrUInt32 Processes;

    /// <summary>Processors.</summary>
    public readonly XdrUInt32 Processors;

    /// <summary>Megahertz of a processor.</summary>
    public readonly XdrUInt32 Speed;

    /// <summary>Seconds since boot.</summary>
    public readonly XdrUInt32 Uptime;

    /// <summary>Time in user mode.</summary>
    public readonly XdrUInt32 User;

    /// <summary>Time of processes with lowered priority.</summary>
    public readonly XdrUInt32 Nice;

    /// <summary>Time in the kernel.</summary>
    public readonly XdrUInt32 System;

    /// <summary>Idle time.</summary>
    public readonly XdrUInt32 Idle;

    /// <summary>Idle time with input or output waiting.</summary>
    public readonly XdrUInt32 WaitingForIO;

    /// <summary>Time in interrupts.</summary>
    public readonly XdrUInt32 Interrupt;

    /// <summary>Time in soft interrupts.</summary>
    public readonly XdrUInt32 SoftInterrupt;

    /// <summary>Interrupts since boot.</summary>
    public readonly XdrUInt32 Interrupts;

    /// <summary>Context switches since boot.</summary>
    public readonly XdrUInt32 ContextSwitches;

    /// <summary>Time that the hypervisor took; unknown in the short form of the record.</summary>
    public readonly XdrUInt32 Steal;

    /// <summary>Time given to virtual machines; unknown in the short form.</summary>
    public readonly XdrUInt32 Guest;

    /// <summary>The same with lowered priority; unknown in the short form.</summary>
    public readonly XdrUInt32 GuestNice;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostCpu record) => FixedSize.TryRead(data, ShortLength, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Real("load_one"u8, LoadOne);
        visitor.Real("load_five"u8, LoadFive);
        visitor.Real("load_fifteen"u8, LoadFifteen);
        visitor.Number("proc_run"u8, ProcessesRunning);
        visitor.Number("proc_total"u8, Processes);
        visitor.Number("cpu_num"u8, Processors);
        visitor.Number("cpu_speed"u8, Speed);
        visitor.Number("uptime"u8, Uptime);
        visitor.Number("cpu_user"u8, User);
        visitor.Number("cpu_nice"u8, Nice);
        visitor.Number("cpu_system"u8, System);
        visitor.Number("cpu_idle"u8, Idle);
        visitor.Number("cpu_wio"u8, WaitingForIO);
        visitor.Number("cpu_intr"u8, Interrupt);
        visitor.Number("cpu_sintr"u8, SoftInterrupt);
        visitor.Number("interrupts"u8, Interrupts);
        visitor.Number("contexts"u8, ContextSwitches);
        if ((Steal & Guest & GuestNice) == uint.MaxValue) return;
        visitor.Number("cpu_steal"u8, Steal);
        visitor.Number("cpu_guest"u8, Guest);
        visitor.Number("cpu_guest_nice"u8, GuestNice);
    }
}
