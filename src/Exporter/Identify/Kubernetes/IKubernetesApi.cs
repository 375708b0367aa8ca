using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>The Kubernetes API refused, broke off or did not answer.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">One line for people.</param>
/// <param name="retryAfter">How long the API asks us to stay away, if it does.</param>
internal sealed class KubernetesException(ApiFault fault, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public ApiFault Fault => fault;
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>Reads from a Kubernetes API.</summary>
internal interface IKubernetesApi : IDisposable
{
    /// <summary>The body of the answer to a GET, as it comes.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="accept">Media types wanted.</param>
    /// <param name="stop">Ends the request.</param>
    /// <exception cref="KubernetesException">The answer is no success, or none came.</exception>
    Task<Stream> GetAsync(string path, string accept, CancellationToken stop);
}
