using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Acknowledge</c>: what pods received from unsampled peers, by TCP acknowledgements.</summary>
internal sealed class AcknowledgeOptions
{
    [Option("--acknowledge-connections", "Maximum TCP connections that each receive worker follows. The heaviest ones are kept. Each takes 64 bytes.")]
    [Range(8, 16_777_216)]
    public int Connections { get; set; } = 65_536;
}
