using System.Text.Json.Serialization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary>Somebody who has or had an address.</summary>
/// <param name="What">Who, in words.</param>
/// <param name="How">How that is known.</param>
/// <param name="Since">From when; null when it is not told.</param>
/// <param name="Until">Until when; null for who has it now.</param>
internal sealed record AddressOwner(string What, string How, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>The namespace that it is in; null for a node and all else that is in none.</summary>
    [JsonIgnore]
    public string? Namespace { get; init; }

    /// <summary>The user-defined network on which it has the address; null for the default one.</summary>
    [JsonIgnore]
    public string? Network { get; init; }
}

/// <summary>The namespace of who has or had an address, as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">False when it is gone.</param>
/// <param name="Since">Its creation.</param>
/// <param name="Terminating">When its deletion was asked for; null when it was not.</param>
/// <param name="DisplayName">What OpenShift shows for it.</param>
/// <param name="Requester">The user who asked OpenShift for it.</param>
internal sealed record NamespaceExplanation(string Name, bool Exists, DateTimeOffset? Since, DateTimeOffset? Terminating, string? DisplayName, string? Requester)
{
    /// <summary>In words, on one line.</summary>
    public override string ToString() => !Exists ? $"{Name}, which does not exist any more"
        : Name + (DisplayName is null ? "" : $" \"{DisplayName}\"") + (Since is null ? "" : $", since {Since:u}")
            + (Requester is null ? "" : $", requested by {Requester}") + (Terminating is null ? "" : $"; being deleted since {Terminating:u}");
}

/// <summary>What an address is, or was at a time.</summary>
/// <param name="Address">The address.</param>
/// <param name="At">The time asked for.</param>
/// <param name="What">The answer, in words.</param>
/// <param name="How">How that is known.</param>
/// <param name="Owners">All who had it as far as is remembered, oldest first; the last one may have it still.</param>
internal sealed record Explanation(string Address, DateTimeOffset At, string What, string How, IReadOnlyList<AddressOwner> Owners)
{
    /// <summary>The namespace of the answer; null when it is in none, or when namespaces are not known.</summary>
    public NamespaceExplanation? Namespace { get; init; }

    /// <summary>The user-defined network that the address is on; null for the default one.</summary>
    public string? Network { get; init; }

    /// <summary>Where the address is; null when it is or was of the cluster, or no database has it.</summary>
    public Place? Place { get; init; }

    /// <summary>The same with the place, for an address that nobody of the cluster has or had.</summary>
    public Explanation In(IGeoIp? places) =>
        Owners.Count == 0 && Pipeline.Address.TryParse(Address, out Address address) ? this with { Place = places?.Find(address) } : this;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
