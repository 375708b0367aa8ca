using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>A request to the Kubernetes API was refused, broke off or timed out.</summary>
/// <param name="fault">Reason.</param>
/// <param name="message">Reason in one line for human readers.</param>
/// <param name="retryAfter">Delay that the API asks for, if any.</param>
internal sealed class KubernetesException(ApiFault fault, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public ApiFault Fault => fault;
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>Reads from a Kubernetes API.</summary>
internal interface IKubernetesApi : IDisposable
{
    /// <summary>The body of the response to a GET, as a stream.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="accept">Accepted media types.</param>
    /// <param name="stop">Cancels the request.</param>
    /// <exception cref="KubernetesException">The request failed.</exception>
    Task<Stream> GetAsync(string path, string accept, CancellationToken stop);
}
