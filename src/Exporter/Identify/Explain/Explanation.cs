using System.Text.Json.Serialization;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary>A current or previous owner of an address.</summary>
/// <param name="What">Owner as text.</param>
/// <param name="How">Evidence.</param>
/// <param name="Since">Start of ownership; null if unknown.</param>
/// <param name="Until">End of ownership; null for the current owner.</param>
internal sealed record AddressOwner(string What, string How, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>Namespace of the owner; null for a node and other objects without one.</summary>
    [JsonIgnore]
    public string? Namespace { get; init; }

    /// <summary>The user-defined network of the address; null for the default network.</summary>
    [JsonIgnore]
    public string? Network { get; init; }
}

/// <summary>The current state of the namespace of an owner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">False if it was deleted.</param>
/// <param name="Since">Its creation.</param>
/// <param name="Terminating">Time of the request to delete it; null without one.</param>
/// <param name="DisplayName">Display name in OpenShift.</param>
/// <param name="Requester">The user who requested it in OpenShift.</param>
internal sealed record NamespaceExplanation(string Name, bool Exists, DateTimeOffset? Since, DateTimeOffset? Terminating, string? DisplayName, string? Requester)
{
    /// <summary>As text, on one line.</summary>
    public override string ToString() => !Exists ? $"{Name}, which does not exist any more"
        : Name + (DisplayName is null ? "" : $" \"{DisplayName}\"") + (Since is null ? "" : $", since {Since:u}")
            + (Requester is null ? "" : $", requested by {Requester}") + (Terminating is null ? "" : $"; being deleted since {Terminating:u}");
}

/// <summary>What an address is, or was at a time.</summary>
/// <param name="Address">The address.</param>
/// <param name="At">The requested time.</param>
/// <param name="What">The result as text.</param>
/// <param name="How">Evidence.</param>
/// <param name="Owners">All remembered owners, oldest first. The last one may be current.</param>
internal sealed record Explanation(string Address, DateTimeOffset At, string What, string How, IReadOnlyList<AddressOwner> Owners)
{
    /// <summary>The owner that is the answer. Not required: the serializer refuses a type with a required property that it ignores.</summary>
    [JsonIgnore]
    public AddressOwner? Owner { get; init; }

    /// <summary>The namespace of the owner; null without one, or if namespaces are unknown.</summary>
    public NamespaceExplanation? Namespace { get; init; }

    /// <summary>The user-defined network of the address; null for the default network.</summary>
    public string? Network { get; init; }

    /// <summary>Location of the address; null for an address of the cluster, or if no database has it.</summary>
    public Place? Place { get; init; }

    /// <summary>The part of it that a viewer may see: owners in their namespaces. Null if the answer itself is of another namespace, or of none.</summary>
    public Explanation? For(Viewer viewer) => viewer.SeesAll ? this
        : viewer.Sees(Owner?.Namespace) ? this with { Owners = [.. Owners.Where(owner => viewer.Sees(owner.Namespace))] }
        : null;

    /// <summary>The same with the location, for an address that was never part of the cluster.</summary>
    public Explanation In(IGeoIp? places) =>
        Owners.Count == 0 && SFlow.Address.TryParse(Address, out Address address) ? this with { Place = places?.Find(address) } : this;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
