namespace SFlow.Exporter.Pipeline;

/// <summary>Who says what the server's port is: the origin of label <c>server_service</c>.</summary>
internal enum ServiceOrigin : byte
{
    /// <summary>Nobody: the label is @other.</summary>
    None,
    /// <summary>A Service of Kubernetes.</summary>
    Kubernetes,
    /// <summary>A container's declaration.</summary>
    Container,
    /// <summary>IANA's registry, where a number says what is usual and not what runs there.</summary>
    Iana,
}
