using System.Runtime.InteropServices;

namespace SFlow.Compare.Machine;

/// <summary>What the base class library does not offer: a child with its resource use, CPU masks, and another process's CPU clock.</summary>
internal static partial class Native
{
    public const int NoHang = 1, Interrupted = 4, Kill = 9, Terminate = 15, Continue = 18, Halt = 19;
    public const short SetSession = 0x80;
    public const int WriteOnly = 1, Create = 64, Truncate = 512;

    private const int ChildSubreaper = 36, OfProcess = 0;

    /// <summary>Linux's <c>struct rusage</c>; the fields behind the peak are not read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    public struct ResourceUse
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds, PeakKilobytes;

        public readonly double Cpu => UserSeconds + SystemSeconds + (UserMicroseconds + SystemMicroseconds) / 1e6;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Time
    {
        public long Seconds, Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Spawn(out int pid, string file, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static unsafe partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static unsafe partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static unsafe partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static unsafe partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait(int pid, out int status, int options, out ResourceUse use);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int pid, int signal);

    /// <summary>Takes in what children leave behind, so that its CPU is counted too.</summary>
    public static void AdoptOrphans() => _ = Control(ChildSubreaper, 1, 0, 0, 0);

    /// <summary>Puts this thread, and what it starts, before other work of its session; false where that is not allowed.</summary>
    public static bool GoFirst() => SetPriority(OfProcess, 0, -20) == 0;

    /// <summary>The CPUs that this thread may run on.</summary>
    public static ulong Mask
    {
        get
        {
            _ = GetAffinity(0, sizeof(ulong), out ulong mask);
            return mask;
        }
        set => _ = SetAffinity(0, sizeof(ulong), in value);
    }

    /// <summary>CPU time of all threads that process <paramref name="pid"/> ever had, in nanoseconds; 0 once it has gone.</summary>
    public static long CpuNanoseconds(int pid) => GetTime((~pid << 3) | 2, out Time time) == 0 ? time.Seconds * 1_000_000_000 + time.Nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int pid, nint size, out ulong mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int pid, nint size, in ulong mask);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);
}
