using System.Globalization;
using SFlow.Captures;

namespace SFlow.Exporter.Commands;

/// <summary>Opens captures and says in words what is wrong with one.</summary>
internal static class CaptureFile
{
    /// <summary>The option that names another port.</summary>
    public const string PortOption = "--sflow-port";

    /// <exception cref="BadInputException">There is no such file, or it can't be opened.</exception>
    public static CaptureReader Open(string file, ushort port = CaptureReader.SFlowPort)
    {
        try
        {
            // The reader has a buffer of its own.
            return new CaptureReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.SequentialScan), port);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The capture {file} can't be opened: {fault.Message}");
        }
    }

    /// <exception cref="BadInputException">The file is no capture, or of frames that can't hold UDP as we know it.</exception>
    public static void ThrowIfNone(string file, CaptureReader capture)
    {
        if (capture.Status == CaptureStatus.NotACapture)
            throw new BadInputException($"The format of {file} is unknown. Use a capture in the format pcap (microseconds or nanoseconds, either byte order) or pcapng.");
        if (capture.Status == CaptureStatus.UnsupportedLinkType)
            throw new BadInputException($"{file} has frames of an unknown link type. Use a capture of Ethernet, Linux cooked, loopback or raw IP.");
    }

    /// <summary>
    /// Call it when reading has ended. A capture that is cut at its end is used and named, as is one without sFlow; one that is none is an error.
    /// </summary>
    /// <exception cref="BadInputException">The file is no capture, or of frames that can't hold UDP as we know it.</exception>
    public static void Check(string file, CaptureReader capture, long datagrams, TextWriter errors, ushort port = CaptureReader.SFlowPort)
    {
        ThrowIfNone(file, capture);
        if (capture.Status == CaptureStatus.TruncatedCapture)
            errors.WriteLine($"sflow-exporter: {file} stops in the middle of a frame; the {datagrams} datagrams before it were used.");
        else if (datagrams == 0)
            errors.WriteLine($"sflow-exporter: {None(file, capture, port)}");
    }

    /// <summary>Says that nothing was found, and what to do where datagrams to other ports were.</summary>
    public static string None(string file, CaptureReader capture, ushort port)
    {
        string none = port == 0 ? $"{file} has no UDP datagram" : $"{file} has no UDP datagram to port {port}";
        long others = capture.Skipped(SkippedFrame.OtherPort);
        return others == 0 ? none : string.Create(CultureInfo.InvariantCulture, $"{none}; it has {others} to other ports. Name the port with {PortOption}; 0 takes all");
    }
}
