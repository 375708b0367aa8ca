namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Whether bodies are compressed. Servers and proxies that can't take compressed ones say so in many words, or cut the connection, at once or after
/// an upgrade in between: the proof is that the same records are taken as a plain body right after. Then all bodies are plain.
/// </summary>
internal sealed class Compression(string host, ILogger logger)
{
    /// <summary>Proofs that are needed where the refusal may have had another reason, which passed by itself.</summary>
    private const int Proofs = 2;

    private readonly Lock gate = new();
    private int proofs;

    /// <summary>All bodies are plain from now on.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Learns from an answer. True when the same records have to be sent as a plain body at once.</summary>
    /// <param name="parts">The body, which keeps the suspicion.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="read">It is that of a bulk request.</param>
    /// <param name="compressed">The body was compressed.</param>
    public bool Suspects(Parts parts, SearchResponse answer, bool read, bool compressed)
    {
        if (compressed)
        {
            if (read) Works();
            else if (IsRefusal(answer) || IsSuspect(answer)) parts.Suspected = answer;
            return IsRefusal(answer);
        }
        if (parts.Suspected is not { } suspected) return false;
        if (read) Disprove(suspected);
        else if (IsRefusal(answer)) parts.ArePlain = true;
        // Trouble of another kind proves nothing about a refusal: the next try is plain as well.
        else if (IsRefusal(suspected)) return false;
        parts.Suspected = null;
        return false;
    }

    /// <summary>An answer that may be about the compression, or about anything else in the request: a plain body tells, at once.</summary>
    private static bool IsRefusal(SearchResponse answer) => answer.Status is 400 or 406 or 411 or 415 or 417 or 422 or 501;

    /// <summary>Trouble that passes by itself as a rule, but never where compression is the reason.</summary>
    private static bool IsSuspect(SearchResponse answer) => answer.Status is 500 or 502 || answer.IsSuccess || answer.IsConnectionLost;

    private void Works()
    {
        lock (gate) proofs = 0;
    }

    private void Disprove(SearchResponse refusal)
    {
        lock (gate)
        {
            if (IsOff || ++proofs < Proofs && !IsRefusal(refusal)) return;
            IsOff = true;
        }
        logger.CompressionOff(host, refusal);
    }
}
