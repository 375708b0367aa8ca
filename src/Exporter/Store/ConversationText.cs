using System.Net;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>The text of a conversation (<see cref="Conversation"/>), taken apart again to search for it.</summary>
/// <param name="Protocol">IP protocol.</param>
/// <param name="Client">One socket; the client's where a Service is called.</param>
/// <param name="Other">The other socket, or null.</param>
/// <param name="Service">The Service that is called, or null.</param>
internal sealed record ConversationText(byte Protocol, (Address Address, ushort Port) Client, (Address Address, ushort Port)? Other, string? Service)
{
    public static ConversationText? TryParse(string text)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || !ProtocolNames.TryParse(parts[0], out byte protocol) || Socket(parts[1]) is not { } client) return null;
        return Socket(parts[2]) is { } other ? new(protocol, client, other, null)
            : parts[2].Contains('/', StringComparison.Ordinal) ? new(protocol, client, null, parts[2]) : null;
    }

    private static (Address, ushort)? Socket(string text) =>
        text.Contains(':', StringComparison.Ordinal) && !text.EndsWith(']') && IPEndPoint.TryParse(text, out IPEndPoint? end) && end.Port > 0 ? (Address.From(end.Address), (ushort)end.Port) : null;
}
