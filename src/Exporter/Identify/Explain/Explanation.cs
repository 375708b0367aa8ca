using System.Text.Json.Serialization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary>Somebody who has or had an address.</summary>
/// <param name="What">Who, in words.</param>
/// <param name="How">How that is known.</param>
/// <param name="Since">From when; null when it is not told.</param>
/// <param name="Until">Until when; null for who has it now.</param>
internal sealed record AddressOwner(string What, string How, DateTimeOffset? Since, DateTimeOffset? Until);

/// <summary>What an address is, or was at a time.</summary>
/// <param name="Address">The address.</param>
/// <param name="At">The time asked for.</param>
/// <param name="What">The answer, in words.</param>
/// <param name="How">How that is known.</param>
/// <param name="Owners">All who had it as far as is remembered, oldest first; the last one may have it still.</param>
internal sealed record Explanation(string Address, DateTimeOffset At, string What, string How, IReadOnlyList<AddressOwner> Owners)
{
    /// <summary>Where the address is; null when it is or was of the cluster, or no database has it.</summary>
    public Place? Place { get; init; }

    /// <summary>The same with the place, for an address that nobody of the cluster has or had.</summary>
    public Explanation In(IPlaces? places) =>
        Owners.Count == 0 && Pipeline.Address.TryParse(Address, out Address address) ? this with { Place = places?.Find(address) } : this;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
