using System.Buffers;
using System.Text.Json;
using SFlow.Captures;

namespace SFlow.Exporter.Commands;

/// <summary>
/// <c>decode FILE</c>: every sFlow datagram of a capture, with all that the decoder reads of it.
/// </summary>
internal static class DecodeCommand
{
    private const int WriteAtBytes = 64 * 1024;

    /// <summary>Decodes a capture to its end.</summary>
    /// <exception cref="BadInputException">The file can't be read as a capture.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static int Run(string file, DecodeFormat format, Stream output, TextWriter errors, ushort port = CaptureReader.SFlowPort)
    {
        using CaptureReader reader = CaptureFile.Open(file, port);
        ArrayBufferWriter<byte> lines = new(WriteAtBytes * 2);
        ArrayBufferWriter<byte> datagramJson = new();
        using Utf8JsonWriter json = new(format == DecodeFormat.Json ? lines : datagramJson);
        long index = 0;
        while (reader.TryRead(out CapturedDatagram datagram))
        {
            DecodedDatagram.Write(json, index++, datagram);
            json.Flush();
            json.Reset();
            if (format == DecodeFormat.Json) lines.Write("\n"u8);
            else DecodedLines.Write(datagramJson.WrittenMemory, lines);
            datagramJson.ResetWrittenCount();
            if (lines.WrittenCount >= WriteAtBytes) Write(lines, output);
        }
        Write(lines, output);
        CaptureFile.Check(file, reader, index, errors, port);
        return ExitCode.Success;
    }

    private static void Write(ArrayBufferWriter<byte> lines, Stream output)
    {
        output.Write(lines.WrittenSpan);
        output.Flush();
        lines.ResetWrittenCount();
    }
}
