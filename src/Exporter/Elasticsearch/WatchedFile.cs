using System.Security.Cryptography;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// A small file that is read again when its content changes: a Secret or ConfigMap of Kubernetes is a link whose own time stays as it is.
/// What can't be used leaves the last good value in place and is logged. Any thread may ask.
/// </summary>
/// <param name="file">Path of the file.</param>
/// <param name="read">Makes the value of the content; throws <see cref="IOException"/> or <see cref="CryptographicException"/> with what is wrong.</param>
/// <param name="warn">Gets the reason why a changed file can't be used.</param>
internal sealed class WatchedFile<T>(string file, Func<byte[], T> read, Action<string> warn) where T : class
{
    /// <summary>Bytes. A bundle of certificate authorities has some 200 KB.</summary>
    private const long Longest = 1 << 24;

    private readonly Lock gate = new();
    private byte[] content = [];
    private T? value;

    /// <summary>The value of the content as it is now, or the last one that could be used.</summary>
    /// <exception cref="IOException">The file can't be read, and there is no earlier value.</exception>
    public T Current()
    {
        lock (gate)
        {
            try
            {
                byte[] now = RegularFile.Read(file, Longest);
                if (value is not null && now.AsSpan().SequenceEqual(content)) return value;
                value = read(now);
                content = now;
            }
            catch (Exception fault) when (fault is IOException or CryptographicException or UnauthorizedAccessException)
            {
                if (value is null) throw new IOException(fault.Message, fault);
                warn($"{file} can't be used: {fault.Message}. Keeping the previous content");
            }
            return value;
        }
    }
}
