using System.Reflection;

namespace SFlow.Exporter.Options;

/// <summary>All options of the program, a section each.</summary>
internal sealed class Settings
{
    public ReceiveOptions Receive { get; } = new();
    public AgentOptions Agents { get; } = new();
    public IdentifyOptions Identify { get; } = new();
    public KubernetesOptions Kubernetes { get; } = new();
    public CountOptions Count { get; } = new();
    public StoreOptions Store { get; } = new();
    public ElasticsearchOptions Elasticsearch { get; } = new();
    public HttpOptions Http { get; } = new();
    public ShutdownOptions Shutdown { get; } = new();

    /// <summary>Every option there is, in the order of the sections; configuration, help and documentation all read this.</summary>
    public static IReadOnlyList<OptionEntry> Catalogue { get; } =
    [
        .. typeof(Settings).GetProperties().Where(section => section.GetMethod!.IsStatic == false).SelectMany(section =>
            section.PropertyType.GetProperties().Select(property =>
                new OptionEntry(section.Name, property, property.GetCustomAttribute<OptionAttribute>()!))),
    ];

    /// <summary>The object that holds the options of a section.</summary>
    public object Section(string name) => typeof(Settings).GetProperty(name)!.GetValue(this)!;
}
