using System.Globalization;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Count;

/// <summary>Which families are counted, with which limits and labels, by the options.</summary>
internal sealed class FamilyChoice
{
    private readonly Dictionary<FamilyCatalogue.Entry, FamilyLimits> chosen = [];

    /// <summary>Namespaces whose workloads are named, with <c>*</c> for any text; empty for all.</summary>
    public required string[] WorkloadNamespaces { get; init; }

    public bool Has(FamilyCatalogue.Entry family) => chosen.ContainsKey(family);

    public FamilyLimits LimitsOf(FamilyCatalogue.Entry family) => chosen[family];

    /// <exception cref="SettingsException">The options name an unknown family or label, or an impossible limit.</exception>
    public static FamilyChoice Of(CountOptions options, IReadOnlyList<FamilyCatalogue.Entry> all)
    {
        List<string> problems = [];
        FamilyChoice choice = new() { WorkloadNamespaces = Split(options.WorkloadNamespaces, ',') };
        HashSet<string> named = [.. Split(options.Families, ',')];
        foreach (string unknown in named.Where(name => all.All(family => family.Option != name))) problems.Add(Unknown("Count:Families", unknown, all));
        Dictionary<string, string> limits = Pairs("Count:SeriesLimits", options.SeriesLimits, all, problems), labels = Pairs("Count:SeriesLabels", options.SeriesLabels, all, problems);
        foreach (FamilyCatalogue.Entry family in all)
        {
            if (family.Defaults.Use != FamilyUse.Always && !named.Contains(family.Option)) continue;
            int series = limits.TryGetValue(family.Option, out string? limit) ? LimitOf(family, limit, problems) : options.SeriesLimit > 0 ? Math.Max(options.SeriesLimit, FamilyLimits.Fewest) : family.Defaults.Series;
            string[]? kept = labels.TryGetValue(family.Option, out string? text) ? LabelsOf(family, Split(text, '+'), problems) : null;
            choice.chosen.Add(family, new FamilyLimits(series, options.SeriesIdle, kept));
        }
        return problems.Count == 0 ? choice : throw new SettingsException(problems);
    }

    private static int LimitOf(FamilyCatalogue.Entry family, string text, List<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= FamilyLimits.Fewest and <= CountOptions.MostSeries) return limit;
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"Count:SeriesLimits sets {family.Option} to \"{text}\". Set it to a whole number from {FamilyLimits.Fewest} to {CountOptions.MostSeries}."));
        return family.Defaults.Series;
    }

    /// <summary>Labels that come from the same part of the key are kept or left out together.</summary>
    private static string[] LabelsOf(FamilyCatalogue.Entry family, string[] kept, List<string> problems)
    {
        string all = string.Join(", ", family.Labels.Select(label => label.Name));
        foreach (string name in kept.Where(name => family.Labels.All(label => label.Name != name)))
            problems.Add($"Count:SeriesLabels names \"{name}\", which is no label of {family.Option}. Its labels are {all}.");
        foreach (FamilyLabel left in family.Labels.Where(label => !kept.Contains(label.Name)))
            foreach (FamilyLabel other in family.Labels.Where(label => kept.Contains(label.Name) && label.Mask == left.Mask))
                problems.Add($"Count:SeriesLabels keeps {other.Name} of {family.Option} without {left.Name}. Keep both or leave both out.");
        if (kept.Length == 0) problems.Add($"Count:SeriesLabels keeps no label of {family.Option}. Its labels are {all}.");
        return kept;
    }

    private static Dictionary<string, string> Pairs(string key, string text, IReadOnlyList<FamilyCatalogue.Entry> all, List<string> problems)
    {
        Dictionary<string, string> pairs = [];
        foreach (string entry in Split(text, ','))
        {
            string[] sides = entry.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length < 2) problems.Add($"{key} contains \"{entry}\". Write FAMILY=VALUE, separated by commas.");
            else if (all.All(family => family.Option != sides[0])) problems.Add(Unknown(key, sides[0], all));
            else if (!pairs.TryAdd(sides[0], sides[1])) problems.Add($"{key} names {sides[0]} twice. Name it once.");
        }
        return pairs;
    }

    private static string Unknown(string key, string name, IReadOnlyList<FamilyCatalogue.Entry> all) =>
        $"{key} names the unknown family \"{name}\". The families are {string.Join(", ", all.Select(family => family.Option))}.";

    private static string[] Split(string text, char separator) => text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
