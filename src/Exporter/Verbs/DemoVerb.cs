using SFlow.Exporter.Options;

namespace SFlow.Exporter.Verbs;

internal static class DemoVerb
{
    public static Task<int> RunAsync((Settings Settings, IConfiguration Configuration) options, CancellationToken stop) => RunVerb.RunAsync(options, stop);
}
