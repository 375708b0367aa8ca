using OpenTelemetry.Resources;

namespace SFlow.Exporter.Otlp;

/// <summary>
/// Who sends, by the semantic conventions: <c>service.*</c>, and <c>k8s.*</c> from the variables that the deployment sets from the pod's own fields.
/// OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
/// </summary>
internal static class OtlpResource
{
    private static readonly (string Attribute, string Variable)[] Fields =
    [
        ("k8s.namespace.name", "POD_NAMESPACE"), ("k8s.pod.name", "POD_NAME"), ("k8s.pod.uid", "POD_UID"), ("k8s.node.name", "NODE_NAME"), ("k8s.cluster.name", "CLUSTER_NAME"),
    ];

    public static ResourceBuilder Builder(Func<string, string?> variable)
    {
        List<KeyValuePair<string, object>> attributes = [];
        foreach ((string attribute, string name) in Fields)
            if (variable(name) is { Length: > 0 } value) attributes.Add(new(attribute, value));
        string instance = variable("POD_NAME") is { Length: > 0 } pod ? pod : Environment.MachineName;
        return ResourceBuilder.CreateEmpty()
            .AddService("sflow-exporter", serviceVersion: typeof(OtlpResource).Assembly.GetName().Version?.ToString(), autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
            .AddAttributes(attributes)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }
}
