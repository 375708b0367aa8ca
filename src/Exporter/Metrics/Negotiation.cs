using Microsoft.Net.Http.Headers;
using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>Which of the two text formats a reader wants. What is not understood gets text 0.0.4.</summary>
internal static class Negotiation
{
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    public static (ExpositionFormat Format, string ContentType) Format(IList<string?> accept)
    {
        double text = 0, openMetrics = 0;
        if (MediaTypeHeaderValue.TryParseList(accept!, out IList<MediaTypeHeaderValue>? wanted))
        {
            foreach (MediaTypeHeaderValue type in wanted)
            {
                double quality = type.Quality ?? 1;
                if (Is(type, "application/openmetrics-text", "1.0.0")) openMetrics = Math.Max(openMetrics, quality);
                else if (Is(type, "text/plain", "0.0.4")) text = Math.Max(text, quality);
            }
        }
        return openMetrics > 0 && openMetrics >= text ? (ExpositionFormat.OpenMetricsText, OpenMetricsType) : (ExpositionFormat.PrometheusText, TextType);
    }

    private static bool Is(MediaTypeHeaderValue type, string name, string version)
    {
        if (!type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)) return false;
        NameValueHeaderValue? asked = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase));
        return asked is null || HeaderUtilities.RemoveQuotes(asked.Value) == version;
    }
}
