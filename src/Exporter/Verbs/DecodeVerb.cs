using System.Buffers;
using System.Text.Json;
using SFlow.Captures;

namespace SFlow.Exporter.Verbs;

/// <summary>
/// <c>decode FILE</c>: every sFlow datagram of a capture as one JSON object a line, with all that the decoder reads of it.
/// </summary>
internal static class DecodeVerb
{
    private const int WriteAtBytes = 64 * 1024;

    /// <summary>Decodes a capture to its end.</summary>
    /// <exception cref="BadInputException">The file can't be read as a capture.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static int Run(string file, Stream output, TextWriter errors)
    {
        using CaptureReader reader = CaptureFile.Open(file);
        ArrayBufferWriter<byte> lines = new(WriteAtBytes * 2);
        using Utf8JsonWriter json = new(lines);
        long index = 0;
        while (reader.TryRead(out CapturedDatagram datagram))
        {
            DecodedDatagram.Write(json, index++, datagram);
            json.Flush();
            json.Reset();
            lines.Write("\n"u8);
            if (lines.WrittenCount >= WriteAtBytes) Write(lines, output);
        }
        Write(lines, output);
        CaptureFile.Check(file, reader, index, errors);
        return ExitCode.Success;
    }

    private static void Write(ArrayBufferWriter<byte> lines, Stream output)
    {
        output.Write(lines.WrittenSpan);
        output.Flush();
        lines.ResetWrittenCount();
    }
}
