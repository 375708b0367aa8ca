using SFlow.Exporter.Options;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>The steps of the setup, in the order in which they need each other: lifecycle, component templates, index template.</summary>
internal sealed class SetupSteps(ISearchTransport server, StreamName stream, ElasticsearchOptions options, ILogger logger)
{
    /// <summary>Higher priorities tried when another template has ours already.</summary>
    private const int Priorities = 50;

    private ServerProfile? seen;

    /// <summary>What answers, as the operator says or as it says itself.</summary>
    /// <exception cref="StepException">It does not say, or is too old.</exception>
    public async Task<ServerProfile> ProfileAsync(CancellationToken deadline) => ServerProfile.Of(options.Profile) ?? ProfileOf(await server.GetAsync("", deadline));

    /// <summary>Returns once everything is in place.</summary>
    /// <exception cref="StepException">A step failed.</exception>
    public async Task RunAsync(CancellationToken deadline)
    {
        ServerProfile profile = await ProfileAsync(deadline);
        SetupPlan plan = new(profile, stream, options);
        bool hasPolicy = plan.Policy is { } policy && await PutPolicyAsync(profile, policy, deadline);
        foreach (SetupRequest component in plan.Components(hasPolicy)) await EnsureAsync(component, deadline);
        if (await PutIndexTemplateAsync(profile, plan, deadline)) await EnsureStreamAsync(plan.DataStream, deadline);
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
    private async Task<bool> PutPolicyAsync(ServerProfile profile, SetupRequest policy, CancellationToken deadline)
    {
        SearchResponse there = await server.GetAsync(policy.Path, deadline);
        if (there.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(there)) throw Failed("Read", policy.Path, there);
        SearchResponse put = await server.PutAsync(policy.Path, policy.Bytes, deadline);
        if (put.IsSuccess) return profile.IsElasticsearch;
        if (!IsUnknown(put)) throw Failed("Put", policy.Path, put);
        if (profile != seen) logger.WithoutLifecycle(profile, server.Host, policy.Path, put);
        return false;
    }

    /// <summary>How servers answer paths that they do not have: a server without the plug-in takes the path for an index, a type or nothing.</summary>
    private static bool IsUnknown(SearchResponse answer) => answer.Status is 400 or 404 or 405;

    /// <summary>A server without data streams (the open part of Elasticsearch 7.10) gets an ordinary index of the same mapping.</summary>
    /// <returns>Whether the server has data streams.</returns>
    private async Task<bool> PutIndexTemplateAsync(ServerProfile profile, SetupPlan plan, CancellationToken deadline)
    {
        try
        {
            await PutIndexTemplateAsync(profile, plan, dataStream: true, deadline);
            return true;
        }
        catch (StepException e) when (e.SearchResponse.Status == 400 && profile is { IsElasticsearch: true, Version.Major: 7 } && e.SearchResponse.Says("[data_stream]"))
        {
            if (profile != seen) logger.WithoutDataStreams(profile, server.Host, stream.Name);
            await PutIndexTemplateAsync(profile, plan, dataStream: false, deadline);
            return false;
        }
    }

    /// <summary>Two templates of the same priority must not match the same names: ours goes above one that is there already.</summary>
    private async Task PutIndexTemplateAsync(ServerProfile profile, SetupPlan plan, bool dataStream, CancellationToken deadline)
    {
        for (int priority = Templates.Priority; ; priority++)
        {
            try
            {
                await EnsureAsync(plan.IndexTemplate(dataStream, priority), deadline);
                if (priority > Templates.Priority && profile != seen) logger.PriorityRaised(server.Host, Templates.Priority, stream.Pattern, priority);
                return;
            }
            catch (StepException e) when (e.SearchResponse.Status == 400 && e.SearchResponse.Says("same priority") && priority < Templates.Priority + Priorities)
            {
                // The next one may be free.
            }
        }
    }

    /// <summary>Without the right to create the data stream, the first record creates it.</summary>
    private async Task EnsureStreamAsync(SetupRequest dataStream, CancellationToken deadline)
    {
        try
        {
            await EnsureAsync(dataStream, deadline);
        }
        catch (StepException e) when (e.SearchResponse.Status is 400 or 403)
        {
            // 400: an index of this name is there, from a time before data streams, or another exporter was faster.
        }
    }

    /// <summary>Puts what is missing, and what is ours and has changed.</summary>
    private async Task EnsureAsync(SetupRequest request, CancellationToken deadline)
    {
        SearchResponse there = await server.GetAsync(request.Path, deadline);
        if (SetupState.IsThere(request, there)) return;
        if (!there.IsSuccess && there.Status != 404) throw Failed("Read", request.Path, there);
        SearchResponse answer = await server.PutAsync(request.Path, request.Bytes, deadline);
        if (!answer.IsSuccess) throw Failed("Put", request.Path, answer);
    }

    private static StepException Failed(string what, string path, SearchResponse answer) => new($"{what} {path}", answer, Privileges.Advice(answer, path));
}
