namespace SFlow.Exporter.Pipeline;

/// <summary>Origin of the label value <c>server_service</c>.</summary>
internal enum ServiceOrigin : byte
{
    /// <summary>None: the label is @other.</summary>
    None,
    /// <summary>A Service of Kubernetes.</summary>
    Kubernetes,
    /// <summary>A container's declaration.</summary>
    Container,
    /// <summary>IANA's registry: the usual service of the port, not necessarily the actual one.</summary>
    Iana,
}
