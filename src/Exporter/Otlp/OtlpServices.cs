using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Otlp;

/// <summary>Puts the export by OTLP into the program.</summary>
internal static class OtlpServices
{
    /// <summary>Adds the export when <see cref="OtlpOptions.Enabled"/> is set.</summary>
    /// <exception cref="SettingsException">Endpoint or protocol are wrong.</exception>
    public static IServiceCollection AddOtlp(this IServiceCollection services, OtlpOptions options)
    {
        if (!options.Enabled) return services;
        OtlpTarget.Of(options, Environment.GetEnvironmentVariable);
        SinkState state = new(OtlpExport.Name);
        return services.AddSingleton(state).AddHostedService(provider => ActivatorUtilities.CreateInstance<OtlpExport>(provider, state));
    }
}
