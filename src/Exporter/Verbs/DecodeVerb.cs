using System.Buffers;
using System.Text.Json;
using SFlow.Captures;

namespace SFlow.Exporter.Verbs;

/// <summary>
/// <c>decode FILE</c>: every sFlow datagram of a capture as one JSON object a line, with all that the decoder reads of it.
/// </summary>
internal static class DecodeVerb
{
    public const int Success = 0, UnreadableCapture = 2;

    private const int WriteAtBytes = 64 * 1024;

    /// <summary>Decodes a capture to the end, or until nobody reads the output any more (which is no error).</summary>
    /// <returns><see cref="Success"/>, or <see cref="UnreadableCapture"/> with a message on <paramref name="errors"/>.</returns>
    public static int Run(string file, Stream output, TextWriter errors)
    {
        try
        {
            using CaptureReader reader = new(File.OpenRead(file));
            long datagrams = Write(reader, output);
            return Judge(file, reader, datagrams, errors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{file} cannot be read: {error.Message}");
            return UnreadableCapture;
        }
    }

    private static long Write(CaptureReader reader, Stream output)
    {
        ArrayBufferWriter<byte> lines = new(WriteAtBytes * 2);
        using Utf8JsonWriter json = new(lines);
        long index = 0;
        while (reader.TryRead(out CapturedDatagram datagram))
        {
            DecodedDatagram.Write(json, index++, datagram);
            json.Flush();
            json.Reset();
            lines.Write("\n"u8);
            if (lines.WrittenCount >= WriteAtBytes && !TryWrite(lines, output)) return index;
        }
        TryWrite(lines, output);
        return index;
    }

    /// <summary>False when the reader at the other end of the pipe has gone.</summary>
    private static bool TryWrite(ArrayBufferWriter<byte> lines, Stream output)
    {
        try
        {
            output.Write(lines.WrittenSpan);
            output.Flush();
            lines.ResetWrittenCount();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int Judge(string file, CaptureReader reader, long datagrams, TextWriter errors)
    {
        string? fault = reader.Status switch
        {
            CaptureStatus.NotACapture => "is no capture",
            CaptureStatus.UnsupportedLinkType => "is a capture of a link type that is not known",
            CaptureStatus.TruncatedCapture => $"ends, or contradicts itself, in the middle of a frame (after {datagrams} datagrams)",
            _ => null,
        };
        if (fault is not null)
        {
            errors.WriteLine($"{file} {fault}: accepted are pcap (microseconds or nanoseconds, either byte order) and pcapng, "
                + "over Ethernet, Linux cooked, loopback or raw IP");
            return UnreadableCapture;
        }
        if (datagrams == 0) errors.WriteLine($"{file} holds no UDP datagram to port {CaptureReader.SFlowPort}");
        return Success;
    }
}
