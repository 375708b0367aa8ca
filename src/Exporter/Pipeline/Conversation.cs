using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// One text for all records of a conversation. A client calls the address of a Service, and a pod replies. So such a conversation has the
/// client's socket and the Service: <c>tcp 10.128.0.5:50443 shop/checkout:https</c>. Any other one has both sockets, the lower address
/// first: <c>udp 10.128.0.5:40000 10.128.2.6:9000</c>.
/// </summary>
internal static class Conversation
{
    /// <summary>Maximum length: a protocol, and two IPv6 sockets or one and the longest name of a Service.</summary>
    public const int Longest = 512;

    /// <summary>Writes the text; empty for a sample without ports.</summary>
    public static ReadOnlySpan<byte> Write(in Flow record, string? serverService, Span<byte> text)
    {
        if (!record.Has(PacketFacts.Ports)) return [];
        (Address Address, ushort Port) first = (record.Source, record.SourcePort), second = (record.Destination, record.DestinationPort);
        bool service = record.ServiceOrigin == ServiceOrigin.Kubernetes && record.Server != ServerEnd.Unknown && serverService is not null;
        bool turned = service ? !record.IsInitiator : first.Address.IsAbove(second.Address) || first.Address == second.Address && first.Port > second.Port;
        if (turned) (first, second) = (second, first);

        int at = 0;
        bool fits = Append(text, ref at, ProtocolNames.Of(record.Protocol)) && Append(text, ref at, " ") && Append(text, ref at, first) && Append(text, ref at, " ")
            && (service ? Append(text, ref at, serverService!) : Append(text, ref at, second));
        return fits ? text[..at] : [];
    }

    /// <summary>The same as a string; null without ports.</summary>
    public static string? Of(in Flow record, string? serverService)
    {
        ReadOnlySpan<byte> text = Write(record, serverService, stackalloc byte[Longest]);
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
    }

    private static bool Append(Span<byte> text, ref int at, string word)
    {
        bool fits = Encoding.UTF8.TryGetBytes(word, text[at..], out int written);
        at += written;
        return fits;
    }

    /// <summary>An IPv6 address has brackets (RFC 3986, section 3.2.2).</summary>
    private static bool Append(Span<byte> text, ref int at, (Address Address, ushort Port) socket)
    {
        bool four = socket.Address.IsIPv4;
        if (!four && !Append(text, ref at, "[") || !socket.Address.TryFormat(text[at..], out int written, default, null)) return false;
        at += written;
        if (!Append(text, ref at, four ? ":" : "]:") || !socket.Port.TryFormat(text[at..], out written, default, CultureInfo.InvariantCulture)) return false;
        at += written;
        return true;
    }
}
