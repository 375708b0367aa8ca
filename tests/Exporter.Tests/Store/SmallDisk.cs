using System.Diagnostics;

namespace SFlow.Exporter.Tests.Store;

/// <summary>A file system in memory that is full soon; mounting one takes root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts one, or skips the test with the reason.</summary>
    public static SmallDisk Mount(string size)
    {
        string folder = Directory.CreateTempSubdirectory("sflow-disk-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("needs to mount a tmpfs: Linux, and root with the right to mount");
        }
        return new SmallDisk(folder);
    }

    public void MakeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", Folder));

    /// <summary>Takes all room that is left, by a file.</summary>
    public static void Fill(string path)
    {
        byte[] block = new byte[4096];
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Action fill = () =>
        {
            while (true) file.Write(block);
        };
        Assert.ThrowsAny<IOException>(fill);
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
