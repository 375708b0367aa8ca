using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Http</c>: page, API and metrics.</summary>
internal sealed class HttpOptions
{
    [Option("--http-listen", "Local address of page, API and metrics.")]
    public string Address { get; set; } = "::";

    [Option("--http-port", "TCP port of page, API and metrics (0 lets the system choose one).")]
    [Range(0, 65_535)]
    public int Port { get; set; } = 16_343;
}
