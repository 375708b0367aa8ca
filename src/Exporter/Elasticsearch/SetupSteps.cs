using System.Text.Json.Nodes;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The steps of the setup, in the order in which they need each other: lifecycle, component templates, index template.</summary>
internal sealed class SetupSteps(ISearchTransport server, StreamName stream, ElasticsearchOptions options, ILogger logger)
{
    /// <summary>Higher priorities tried when another template has ours already.</summary>
    private const int Priorities = 50;

    private ServerProfile? seen;

    /// <summary>Returns once everything is in place.</summary>
    /// <exception cref="StepException">A step failed.</exception>
    public async Task RunAsync(CancellationToken deadline)
    {
        ServerProfile profile = ServerProfile.Of(options.Profile) ?? ProfileOf(await server.GetAsync("", deadline));
        bool lifecycle = await PutLifecycleAsync(profile, deadline);
        await PutSignedAsync($"_component_template/{Templates.Mappings}", Templates.MappingsComponent(), deadline);
        await PutSignedAsync($"_component_template/{Templates.Settings}", Templates.SettingsComponent(profile, lifecycle), deadline);
        await PutIfAbsentAsync($"_component_template/{Templates.Custom}", new JsonObject { ["template"] = new JsonObject() }, deadline);
        await PutIndexTemplateAsync(profile, deadline);
        if (profile != seen) logger.Ready(stream.Name, server.Host, profile);
        seen = profile;
    }

    private ServerProfile ProfileOf(SearchResponse root)
    {
        // The right to ask is one of its own, and some proxies let only the paths through that they know.
        if (root.Status is 403 or 404 or 405)
        {
            ServerProfile guess = ServerProfile.Guess(root);
            if (guess != seen) logger.ProfileAssumed(server.Host, root, guess);
            return guess;
        }
        ServerProfile profile = (root.IsSuccess ? ServerProfile.Read(root.Body) : null)
            ?? throw new StepException(root.IsSuccess ? "The server is neither Elasticsearch nor OpenSearch. Check Elasticsearch:Url" : "Ask the server what it is", root, Privileges.Advice(root, ""));
        return profile.IsSupported ? profile : throw new StepException($"{profile} is too old. Upgrade it to 7.9 or later, which has composable templates", root);
    }

    /// <summary>Puts the policy where it is missing: one that is there may have been changed by people.</summary>
    /// <returns>True when the settings may name the policy.</returns>
    private async Task<bool> PutLifecycleAsync(ServerProfile profile, CancellationToken deadline)
    {
        if (profile.Serverless) return false;
        string path = profile.IsElasticsearch ? $"_ilm/policy/{Templates.Lifecycle}" : $"_plugins/_ism/policies/{Templates.Lifecycle}";
        SearchResponse there = await server.GetAsync(path, deadline);
        if (there.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(there)) throw Failed("Read", path, there);

        JsonObject policy = profile.IsElasticsearch ? Templates.ElasticsearchPolicy(profile) : Templates.OpenSearchPolicy(stream);
        SearchResponse put = await server.PutAsync(path, Templates.Bytes(policy), deadline);
        if (put.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(put)) throw Failed("Put", path, put);
        if (profile != seen) logger.WithoutLifecycle(profile, server.Host, path, put);
        return false;
    }

    /// <summary>How servers answer paths that they do not have: a server without the plug-in takes the path for an index, a type or nothing.</summary>
    private static bool IsUnknown(SearchResponse answer) => answer.Status is 400 or 404 or 405;

    /// <summary>A server without data streams (the open part of Elasticsearch 7.10) gets an ordinary index of the same mapping.</summary>
    private async Task PutIndexTemplateAsync(ServerProfile profile, CancellationToken deadline)
    {
        try
        {
            await PutIndexTemplateAsync(profile, dataStream: true, deadline);
        }
        catch (StepException e) when (e.SearchResponse.Status == 400 && profile is { IsElasticsearch: true, Version.Major: 7 } && e.SearchResponse.Says("[data_stream]"))
        {
            if (profile != seen) logger.WithoutDataStreams(profile, server.Host, stream.Name);
            await PutIndexTemplateAsync(profile, dataStream: false, deadline);
        }
    }

    /// <summary>Two templates of the same priority must not match the same names: ours goes above one that is there already.</summary>
    private async Task PutIndexTemplateAsync(ServerProfile profile, bool dataStream, CancellationToken deadline)
    {
        for (int priority = Templates.Priority; ; priority++)
        {
            try
            {
                await PutSignedAsync($"_index_template/{stream.Template}", Templates.IndexTemplate(stream, dataStream, priority), deadline);
                if (priority > Templates.Priority && profile != seen) logger.PriorityRaised(server.Host, Templates.Priority, stream.Pattern, priority);
                return;
            }
            catch (StepException e) when (e.SearchResponse.Status == 400 && e.SearchResponse.Says("same priority") && priority < Templates.Priority + Priorities)
            {
                // The next one may be free.
            }
        }
    }

    private async Task PutSignedAsync(string path, JsonObject body, CancellationToken deadline)
    {
        string hash = Templates.Sign(body);
        SearchResponse there = await server.GetAsync(path, deadline);
        if (there.IsSuccess && there.Says($"\"{hash}\"")) return;
        await PutAsync(path, body, deadline);
    }

    private async Task PutIfAbsentAsync(string path, JsonObject body, CancellationToken deadline)
    {
        SearchResponse there = await server.GetAsync(path, deadline);
        if (there.Status == 404) await PutAsync(path, body, deadline);
        else if (!there.IsSuccess) throw Failed("Read", path, there);
    }

    private async Task PutAsync(string path, JsonObject body, CancellationToken deadline)
    {
        SearchResponse answer = await server.PutAsync(path, Templates.Bytes(body), deadline);
        if (!answer.IsSuccess) throw Failed("Put", path, answer);
    }

    private static StepException Failed(string what, string path, SearchResponse answer) => new($"{what} {path}", answer, Privileges.Advice(answer, path));
}
