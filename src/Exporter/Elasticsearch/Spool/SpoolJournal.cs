using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// Notes every second in a file of the spool how many records only the memory holds. A stop deletes the note. A start that finds one says what the end of
/// the previous run may have cost.
/// </summary>
internal sealed class SpoolJournal(string folder, RecordQueue queue, SpoolStats stats, TimeProvider time, ILogger logger) : IDisposable
{
    private const string FileName = "in-memory";

    /// <summary>Digits of a note: one write of few bytes, so that a kill leaves the former note or the new one.</summary>
    private const string Form = "D19";

    /// <summary>More bytes than a note has.</summary>
    private const int LongestNote = 100;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly string path = Path.Combine(folder, FileName);
    private ITimer? timer;
    private long noted;

    /// <summary>Reads the note of the previous run, and begins to write.</summary>
    public void Open()
    {
        if (timer is not null) return;
        if (Read() is > 0 and long records)
        {
            stats.LeftInMemory = noted = records;
            logger.LeftInMemory(records);
        }
        timer = time.CreateTimer(_ => Note(), null, Period, Period);
    }

    /// <summary>The run ends by a stop: nothing is left in memory.</summary>
    public void Close()
    {
        Dispose();
        lock (gate)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next start will name records that are not missing. The spool itself says that it can't be written.
            }
        }
    }

    public void Dispose() => timer?.Dispose();

    private void Note()
    {
        // A disk that takes longer than the period gets one write at a time.
        if (!gate.TryEnter()) return;
        try
        {
            long records = Math.Max(0, queue.Waiting - stats.Records);
            if (records == noted || !Directory.Exists(folder)) return;
            using SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(records.ToString(Form, CultureInfo.InvariantCulture)), 0);
            noted = records;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The same disk has the spool, which says that it can't be written.
        }
        finally
        {
            gate.Exit();
        }
    }

    private long Read()
    {
        try
        {
            return long.TryParse(Encoding.ASCII.GetString(RegularFile.Read(path, LongestNote)), NumberStyles.None, CultureInfo.InvariantCulture, out long records) ? records : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
