using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SFlow.Compare.Machine;

/// <summary>What a process tree used from its start to the end of its last process.</summary>
/// <param name="Cpu">User and system seconds.</param>
/// <param name="PeakKilobytes">The first process's largest resident set (VmHWM), looked at every 2 ms; 0 if it was not measured.</param>
internal readonly record struct Usage(double Cpu, long PeakKilobytes);

/// <summary>
/// One command with all processes that it starts, in a session of its own. Starts must come from one thread: a child inherits the
/// CPU of the thread that starts it.
/// </summary>
internal sealed class Child
{
    private const int StructureBytes = 512;

    private static readonly ConcurrentDictionary<int, Child> alive = [];
    private readonly string command;

    private Child(int pid, string command)
    {
        Pid = pid;
        this.command = command;
    }

    public int Pid { get; }

    /// <summary>Runs a command to its end, which must be success.</summary>
    public static Usage Run(IReadOnlyList<string> words, int? cpu = null, string output = "/dev/null", bool watched = false) =>
        Start(words, cpu, output).Wait(watched);

    /// <summary>Runs a command to its end; whether it could be started and succeeded.</summary>
    public static bool Succeeds(params IReadOnlyList<string> words)
    {
        try
        {
            Run(words);
            return true;
        }
        catch (CompareException)
        {
            return false;
        }
    }

    /// <param name="words">Program and arguments.</param>
    /// <param name="cpu">The one CPU that it may use; null for any.</param>
    /// <param name="output">File that takes its standard output.</param>
    /// <param name="heard">Whether its standard error is this program's; else it is dropped.</param>
    public static unsafe Child Start(IReadOnlyList<string> words, int? cpu = null, string output = "/dev/null", bool heard = false)
    {
        byte* actions = stackalloc byte[StructureBytes], attributes = stackalloc byte[StructureBytes];
        _ = Native.InitActions(actions);
        _ = Native.AddOpen(actions, 0, "/dev/null", 0, 0);
        _ = Native.AddOpen(actions, 1, output, Native.WriteOnly | Native.Create | Native.Truncate, 0x1a4);
        if (!heard) _ = Native.AddOpen(actions, 2, "/dev/null", Native.WriteOnly, 0);
        _ = Native.InitAttributes(attributes);
        _ = Native.SetFlags(attributes, Native.SetSession);
        string?[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"), null];
        ulong before = Native.Mask;
        if (cpu is not null) Native.Mask = 1ul << cpu.Value;
        int error = Native.Spawn(out int pid, words[0], actions, attributes, [.. words, null], environment);
        Native.Mask = before;
        _ = Native.DestroyActions(actions);
        if (error != 0) throw new CompareException($"could not start: {string.Join(' ', words)}: {Marshal.GetPInvokeErrorMessage(error)}");
        GoFirst(pid);
        return alive[pid] = new Child(pid, string.Join(' ', words));
    }

    /// <summary>Waits for all processes of the tree.</summary>
    /// <param name="watched">Whether to look how much memory it has.</param>
    public Usage Wait(bool watched = false)
    {
        double cpu = 0;
        long peak = 0;
        int outcome = 0;
        while (true)
        {
            int gone = Native.Wait(-Pid, out int status, watched ? Native.NoHang : 0, out Native.ResourceUse use);
            if (gone == -1 && Marshal.GetLastPInvokeError() == Native.Interrupted) continue;
            if (gone == -1) break;
            if (gone == 0)
            {
                peak = Math.Max(peak, PeakKilobytes());
                Thread.Sleep(2);
                continue;
            }
            cpu += use.Cpu;
            if (gone == Pid) outcome = status;
        }
        alive.TryRemove(Pid, out _);
        if (outcome != 0) throw new CompareException($"failed (wait status {outcome}); run it by hand to see why: {command}");
        return new Usage(cpu, peak);
    }

    /// <summary>Asks it to end, and waits at most five seconds before it is made to.</summary>
    public void Stop()
    {
        _ = Native.Signal(-Pid, Native.Terminate);
        Resume();
        for (int i = 0; i < 500 && Native.Wait(-Pid, out _, Native.NoHang, out _) != -1; i++) Thread.Sleep(10);
        _ = Native.Signal(-Pid, Native.Kill);
        alive.TryRemove(Pid, out _);
    }

    /// <summary>Halts it: it has no CPU until it is resumed.</summary>
    public void Halt() => _ = Native.Signal(-Pid, Native.Halt);

    public void Resume() => _ = Native.Signal(-Pid, Native.Continue);

    /// <summary>No child outlives this program.</summary>
    public static void EndAll()
    {
        foreach (Child child in alive.Values) child.Stop();
    }

    /// <summary>The kernel shares a CPU first among sessions (autogroup), then within each; the session's own weight is what counts here.</summary>
    private static void GoFirst(int pid)
    {
        try
        {
            File.WriteAllText($"/proc/{pid}/autogroup", "-20");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not allowed, no such kernel feature, or it has ended: Native.GoFirst's answer is what the notes tell.
        }
    }

    private long PeakKilobytes()
    {
        try
        {
            string? line = File.ReadLines($"/proc/{Pid}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has just gone.
        }
    }
}
