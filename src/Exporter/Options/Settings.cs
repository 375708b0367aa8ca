using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SFlow.Exporter.Options;

/// <summary>All options of the program, a section each.</summary>
internal sealed class Settings
{
    public ReceiveOptions Receive { get; } = new();
    public AgentOptions Agents { get; } = new();
    public IdentifyOptions Identify { get; } = new();
    public KubernetesOptions Kubernetes { get; } = new();
    public ObserveOptions Observe { get; } = new();
    public AcknowledgeOptions Acknowledge { get; } = new();
    public CountOptions Count { get; } = new();
    public StoreOptions Store { get; } = new();
    public ElasticsearchOptions Elasticsearch { get; } = new();
    public OtlpOptions Otlp { get; } = new();
    public HttpOptions Http { get; } = new();
    public ShutdownOptions Shutdown { get; } = new();

    /// <summary>Every option there is, in the order of the sections; configuration, help and documentation all read this.</summary>
    public static IReadOnlyList<OptionEntry> Catalogue { get; } =
    [
        .. Entries<ReceiveOptions>(nameof(Receive)),
        .. Entries<AgentOptions>(nameof(Agents)),
        .. Entries<IdentifyOptions>(nameof(Identify)),
        .. Entries<KubernetesOptions>(nameof(Kubernetes)),
        .. Entries<ObserveOptions>(nameof(Observe)),
        .. Entries<AcknowledgeOptions>(nameof(Acknowledge)),
        .. Entries<CountOptions>(nameof(Count)),
        .. Entries<StoreOptions>(nameof(Store)),
        .. Entries<ElasticsearchOptions>(nameof(Elasticsearch)),
        .. Entries<OtlpOptions>(nameof(Otlp)),
        .. Entries<HttpOptions>(nameof(Http)),
        .. Entries<ShutdownOptions>(nameof(Shutdown)),
    ];

    /// <summary>The object that holds the options of a section.</summary>
    public object Section(string name) => typeof(Settings).GetProperty(name)!.GetValue(this)!;

    private static IEnumerable<OptionEntry> Entries<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string section) =>
        typeof(T).GetProperties().Select(property => new OptionEntry(section, property, property.GetCustomAttribute<OptionAttribute>()!));
}
