namespace SFlow.Packaging.Chart;

/// <summary>The few things that people change besides components: where a value of the chart replaces a text of the objects.</summary>
internal static class Parameters
{
    public const string Namespace = "{{ .Release.Namespace }}";

    /// <summary>Prefix of the variables that set options.</summary>
    private const string Option = "SFLOW_";

    /// <param name="place">Kind of the object, then the keys on the way.</param>
    /// <param name="text">The text that is there.</param>
    /// <returns>The template instead of it; null to keep the text.</returns>
    public static string? Replacement(string place, string text) => place switch
    {
        _ when place.EndsWith("/namespace", StringComparison.Ordinal) && text == "sflow" => Namespace,
        _ when place.EndsWith("/image", StringComparison.Ordinal) => "{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}",
        _ when place.EndsWith("/serverName", StringComparison.Ordinal) => text.Replace(".sflow.", $".{Namespace}.", StringComparison.Ordinal),
        // The Job prepares the server that the exporter writes to.
        "Job/spec/template/spec/containers/name:setup/env/name:SFLOW_Elasticsearch__Url/value" => $"{{{{ default \"{text}\" .Values.options.SFLOW_Elasticsearch__Url }}}}",
        "Service/spec/clusterIP" when text != "None" => "{{ .Values.service.address }}",
        "PersistentVolumeClaim/spec/resources/requests/storage" => "{{ .Values.persistence.size }}",
        "ConsoleLink/spec/href" => $"https://sflow-exporter-{Namespace}.{{{{ .Values.consoleLink.domain }}}}/",
        _ => null,
    };

    /// <summary>True for the resources of the exporter, which are one value.</summary>
    public static bool IsResources(string place) => place == "Deployment/spec/template/spec/containers/name:sflow-exporter/resources";

    /// <summary>The condition of an environment variable that the value <c>options</c> may replace; null for another item.</summary>
    public static string? Unless(string place, string key) =>
        IsEnvironment(place) && key.StartsWith($"name:{Option}", StringComparison.Ordinal) ? $"not (hasKey .Values.options \"{key["name:".Length..]}\")" : null;

    /// <summary>True for the environment of the exporter.</summary>
    public static bool IsEnvironment(string place) => place == "Deployment/spec/template/spec/containers/name:sflow-exporter/env";
}
