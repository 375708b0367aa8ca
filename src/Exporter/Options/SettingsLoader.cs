using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Options;

/// <summary>Configuration that can't be used: one line a problem, each naming its key and what is allowed.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}

/// <summary>Reads settings from file, environment and command line, the later winning; a wrong one never starts.</summary>
internal static class SettingsLoader
{
    public const string EnvironmentPrefix = "SFLOW_";
    public const string DefaultFile = "sflow-exporter.json";

    /// <summary>Section of the log levels, which .NET itself reads.</summary>
    private const string Logging = "Logging";

    /// <param name="file">Configuration file, or null for <see cref="DefaultFile"/> in the working folder if there is one.</param>
    /// <param name="commandLine">Values by key.</param>
    /// <exception cref="SettingsException">A key is unknown or a value not allowed.</exception>
    public static (Settings Settings, IConfiguration Configuration) Load(string? file, IReadOnlyDictionary<string, string?> commandLine)
    {
        List<string> problems = [];
        IConfigurationRoot configuration = Read(file, commandLine);
        foreach ((string key, string where) in Leaves(configuration)) CheckKey(key, where, problems);

        Settings settings = new();
        foreach (OptionEntry entry in Settings.Catalogue)
        {
            if (configuration[entry.Key] is not string text || entry.TrySet(settings.Section(entry.Section), text)) continue;
            problems.Add($"{entry.Key} ({entry.CommandLine}) is \"{text}\". Set it to {entry.Allowed}.");
        }
        if (problems.Count == 0) problems.AddRange(SettingsChecks.Problems(settings));
        if (problems.Count > 0) throw new SettingsException(problems);
        return (settings, configuration);
    }

    private static IConfigurationRoot Read(string? file, IReadOnlyDictionary<string, string?> commandLine)
    {
        string path = Path.GetFullPath(file ?? DefaultFile);
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(path, optional: file is null, reloadOnChange: false)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (FileNotFoundException)
        {
            throw new SettingsException([$"The configuration file {path} does not exist. Check --config."]);
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException([$"The configuration file {path} can't be read as JSON: {fault.InnerException?.Message ?? fault.Message}"]);
        }
    }

    /// <summary>Every key that a file or the environment sets. A variable without "__" has no section: it is not meant for us.</summary>
    private static IEnumerable<(string Key, string Where)> Leaves(IConfigurationRoot configuration)
    {
        foreach (IConfigurationProvider provider in configuration.Providers)
        {
            string? where = provider switch { JsonConfigurationProvider => "the configuration file", EnvironmentVariablesConfigurationProvider => "the environment", _ => null };
            if (where is null) continue;
            foreach (string key in Walk(provider, null))
                if (key.Contains(':') || provider is JsonConfigurationProvider) yield return (key, where);
        }
    }

    private static IEnumerable<string> Walk(IConfigurationProvider provider, string? path)
    {
        foreach (string child in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string key = path is null ? child : $"{path}:{child}";
            if (provider.TryGet(key, out _)) yield return key;
            foreach (string deeper in Walk(provider, key)) yield return deeper;
        }
    }

    private static void CheckKey(string key, string where, List<string> problems)
    {
        if (key.StartsWith(Logging + ":", StringComparison.OrdinalIgnoreCase)) return;
        if (Settings.Catalogue.Any(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase))) return;
        problems.Add($"{key} in {where} is an unknown option; did you mean {Nearest.To(key, Settings.Catalogue.Select(entry => entry.Key))}?");
    }
}
