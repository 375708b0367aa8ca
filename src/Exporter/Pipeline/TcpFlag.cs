namespace SFlow.Exporter.Pipeline;

/// <summary>Bits of <see cref="Flow.TcpFlags"/> (RFC 9293, section 3.1).</summary>
internal static class TcpFlag
{
    public const byte Fin = 1, Syn = 2, Reset = 4, Push = 8, Acknowledge = 16;

    /// <summary>Names by bit, lowest first.</summary>
    public static readonly string[] Names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];
}
