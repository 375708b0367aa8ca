using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>The events of one watch request: one JSON object per line, until either side closes it.</summary>
internal static class WatchStream
{
    /// <summary>Maximum bytes of an event. etcd limits an object to 1.5 MB.</summary>
    private const int LongestLine = 16 << 20;

    /// <param name="body">Response body of the API.</param>
    /// <param name="silence">After this time without a byte, the watch counts as dead: bookmarks arrive about once a minute.</param>
    /// <param name="time">The clock for the silence.</param>
    /// <param name="stop">Cancels the watch.</param>
    /// <exception cref="KubernetesException">The watch broke, fell silent, or reported an error itself.</exception>
    public static async IAsyncEnumerable<WatchEvent> ReadAsync(Stream body, TimeSpan silence, TimeProvider time, [EnumeratorCancellation] CancellationToken stop)
    {
        PipeReader pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        using CancellationTokenSource watchdog = new(silence, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, watchdog.Token);
        while (true)
        {
            watchdog.CancelAfter(silence);
            ReadResult read = await NextAsync(pipe, either.Token, stop);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                if (line.Length > 1) yield return Parse(line);
            }
            if (rest.Length > LongestLine) throw new KubernetesException(ApiFault.Malformed, "a line of the watch is too long");
            pipe.AdvanceTo(rest.Start, read.Buffer.End);
            if (read.IsCompleted) yield break;
        }
    }

    private static async Task<ReadResult> NextAsync(PipeReader pipe, CancellationToken either, CancellationToken stop)
    {
        try
        {
            return await pipe.ReadAsync(either);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new KubernetesException(ApiFault.Silent, "the watch received nothing in time");
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or ObjectDisposedException || fault is OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw new KubernetesException(ApiFault.Connection, $"the watch was interrupted: {fault.Message}");
        }
    }

    private static WatchEvent Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            WatchEvent? parsed = JsonSerializer.Deserialize(ref reader, KubernetesJson.Default.WatchEvent);
            if (parsed is { Object: not null, Type: not (null or "ERROR") }) return parsed;
        }
        catch (JsonException)
        {
            // The object of an error is a Status, which has a different shape.
        }
        throw Error(line);
    }

    private static KubernetesException Error(ReadOnlySequence<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            if (JsonSerializer.Deserialize(ref reader, KubernetesJson.Default.ErrorEvent) is { Type: "ERROR", Object: { } status })
                return new KubernetesException(KubernetesClientApi.FaultOf((System.Net.HttpStatusCode)status.Code), $"the watch ended: {status.Code} {KubernetesClientApi.Plain(status.Message ?? "")}");
        }
        catch (JsonException)
        {
            // Then it is neither.
        }
        return new KubernetesException(ApiFault.Malformed, "a line of the watch is malformed");
    }
}
