using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch.RollUp;

/// <summary>
/// The identity of combined records: a hash of conversation, names and window. So a retry, and a second exporter that hears the same agents, give the same
/// document. Where a window has several documents, the first sample of each is part of the hash.
/// </summary>
internal sealed class RollupIdentity(Registries names)
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="group">The combined records.</param>
    /// <param name="key">What they have in common.</param>
    /// <param name="divided">The window has other documents of the same conversation.</param>
    public void Give(RolledFlow group, in RollupKey key, bool divided)
    {
        ref readonly Flow first = ref group.First;
        hash.AppendData(key.Stable);
        Append(names.Endpoints[first.SourceEndpoint]);
        Append(names.Endpoints[first.DestinationEndpoint]);
        Append(first.ServerService > 0 ? names.Services[first.ServerService] : null);
        Append(first.ObserverNode < 0 ? null : names.Nodes[first.ObserverNode].Name);
        if (divided)
        {
            Append(first.IdHigh);
            Append(first.IdLow);
        }
        Span<byte> made = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(made);
        group.Identify(BinaryPrimitives.ReadUInt64BigEndian(made), BinaryPrimitives.ReadUInt64BigEndian(made[8..]), key.Window / UnixTime.Second);
    }

    private void Append(FlowEndpoint endpoint)
    {
        Append(endpoint.Label);
        Append(endpoint.Name);
        Append(endpoint.OwnerKind);
        Append(endpoint.OwnerName);
        Append(endpoint.NodeName);
        Append(endpoint.Network);
    }

    private void Append(string? name)
    {
        if (name is not null) hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData([0]);
    }

    private void Append(ulong number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
