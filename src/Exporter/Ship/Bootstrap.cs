using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Ship;

/// <summary>
/// Makes the server ready for our documents before it gets the first one: a record that comes before its template would make an index
/// with guessed types. Steps that are done already are skipped, so that it is cheap to do again after a failure.
/// </summary>
internal sealed class Bootstrap(
    SearchServer server, StreamName stream, SinkState state, Pause pause, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>A step that failed, and whether it may do by itself later.</summary>
    private sealed class StepException(string step, Answer answer) : Exception($"{step}: {answer}{Excerpt(answer)}")
    {
        public Answer Answer => answer;
    }

    private const int LongestExcerpt = 300;

    private readonly SemaphoreSlim gate = new(1);
    private readonly QuietLog troubles = new(logger, time);
    private Profile? seen;
    private int doubts = 1, settled;

    private bool IsReady => Volatile.Read(ref settled) == Volatile.Read(ref doubts);

    /// <summary>The server was away: it may come back as another one, or empty. A check that runs already does not settle this.</summary>
    public void Doubt() => Interlocked.Increment(ref doubts);

    /// <summary>Returns once all is in place; tries until then.</summary>
    public async ValueTask EnsureAsync(CancellationToken deadline)
    {
        if (IsReady) return;
        await gate.WaitAsync(deadline);
        try
        {
            for (int attempt = 0; !IsReady; attempt++)
            {
                int asked = Volatile.Read(ref doubts);
                try
                {
                    await PutAllAsync(deadline);
                    Volatile.Write(ref settled, asked);
                    state.Up();
                }
                catch (StepException e)
                {
                    bool transient = e.Answer.IsTransient;
                    TimeSpan wait = transient ? Backoff.Delay(attempt, e.Answer.RetryAfter, Random.Shared.NextDouble()) : Backoff.Refused;
                    string message = $"{server.Host} is not ready for records, which wait. {e.Message}";
                    state.Down(message);
                    troubles.Error(null, message);
                    await pause.WaitAsync(wait, deadline);
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task PutAllAsync(CancellationToken deadline)
    {
        Answer root = await server.GetAsync("", deadline);
        Profile profile = (root.IsSuccess ? Profile.Read(root.Body) : null)
            ?? throw new StepException(root.IsSuccess ? "What answers is no search engine" : "Ask the server what it is", root);
        if (!profile.IsSupported) throw new StepException($"{profile} is too old: 7.9 is the first with templates that can be composed", root);
        bool lifecycle = await PutLifecycleAsync(profile, deadline);
        await PutSignedAsync($"_component_template/{Templates.Mappings}", Templates.MappingsComponent(), deadline);
        await PutSignedAsync($"_component_template/{Templates.Settings}", Templates.SettingsComponent(profile, lifecycle), deadline);
        await PutIfAbsentAsync($"_component_template/{Templates.Custom}", new JsonObject { ["template"] = new JsonObject() }, deadline);
        await PutIndexTemplateAsync(profile, deadline);
        if (profile != seen) logger.LogInformation("Records go to {Stream} at {Host} ({Profile})", stream.Name, server.Host, profile);
        seen = profile;
    }

    /// <summary>Puts the policy where it is missing: one that is there may have been changed by people.</summary>
    /// <returns>True when the settings may name the policy.</returns>
    private async Task<bool> PutLifecycleAsync(Profile profile, CancellationToken deadline)
    {
        if (profile.Serverless) return false;
        string path = profile.IsElasticsearch ? $"_ilm/policy/{Templates.Lifecycle}" : $"_plugins/_ism/policies/{Templates.Lifecycle}";
        Answer there = await server.GetAsync(path, deadline);
        if (there.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(there)) throw new StepException($"Read {path}", there);

        JsonObject policy = profile.IsElasticsearch ? Templates.ElasticsearchPolicy(profile) : Templates.OpenSearchPolicy(stream);
        Answer put = await server.PutAsync(path, Templates.Bytes(policy), deadline);
        if (put.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(put)) throw new StepException($"Put {path}", put);
        if (profile != seen)
            logger.LogWarning("{Profile} at {Host} takes no lifecycle: old records stay until somebody deletes them. {Path}: {Answer}", profile, server.Host, path, put);
        return false;
    }

    /// <summary>How servers answer paths that they do not have: a server without the plug-in takes the path for an index, a type or nothing.</summary>
    private static bool IsUnknown(Answer answer) => answer.Status is 400 or 404 or 405;

    /// <summary>A server without data streams (the open part of Elasticsearch 7.10) gets an ordinary index of the same mapping.</summary>
    private async Task PutIndexTemplateAsync(Profile profile, CancellationToken deadline)
    {
        string path = $"_index_template/{stream.Template}";
        try
        {
            await PutSignedAsync(path, Templates.IndexTemplate(stream, dataStream: true), deadline);
        }
        catch (StepException e) when (e.Answer.Status == 400 && profile is { IsElasticsearch: true, Version.Major: 7 }
            && Encoding.UTF8.GetString(e.Answer.Body.Span).Contains("[data_stream]", StringComparison.Ordinal))
        {
            if (profile != seen) logger.LogWarning("{Profile} at {Host} has no data streams: records go to an ordinary index, {Stream}", profile, server.Host, stream.Name);
            await PutSignedAsync(path, Templates.IndexTemplate(stream, dataStream: false), deadline);
        }
    }

    private async Task PutSignedAsync(string path, JsonObject body, CancellationToken deadline)
    {
        string hash = Templates.Sign(body);
        Answer there = await server.GetAsync(path, deadline);
        if (there.IsSuccess && Encoding.UTF8.GetString(there.Body.Span).Contains($"\"{hash}\"", StringComparison.Ordinal)) return;
        await PutAsync(path, body, deadline);
    }

    private async Task PutIfAbsentAsync(string path, JsonObject body, CancellationToken deadline)
    {
        Answer there = await server.GetAsync(path, deadline);
        if (there.Status == 404) await PutAsync(path, body, deadline);
        else if (!there.IsSuccess) throw new StepException($"Read {path}", there);
    }

    private async Task PutAsync(string path, JsonObject body, CancellationToken deadline)
    {
        Answer answer = await server.PutAsync(path, Templates.Bytes(body), deadline);
        if (!answer.IsSuccess) throw new StepException($"Put {path}", answer);
    }

    private static string Excerpt(Answer answer)
    {
        string text = Encoding.UTF8.GetString(answer.Body.Span);
        return text.Length == 0 ? "" : $": {new string([.. text.Take(LongestExcerpt).Select(c => char.IsControl(c) ? ' ' : c)])}";
    }
}
