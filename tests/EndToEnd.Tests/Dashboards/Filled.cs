using System.Text.RegularExpressions;
using SFlow.Dashboards.Model;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>Expressions as Grafana sends them: with the first value of each variable, and the range of the load.</summary>
internal static partial class Filled
{
    /// <param name="dashboard">Whose variables are filled in.</param>
    /// <param name="text">The expression.</param>
    /// <param name="chosen">Values other than the first one, by variable.</param>
    public static string In(Dashboard dashboard, string text, params (string Name, string Value)[] chosen) => Name().Replace(text, match => match.Groups["name"].Value switch
    {
        "__rate_interval" or "__range" => LabLoad.Range,
        string name when chosen.FirstOrDefault(choice => choice.Name == name).Value is { } value => value,
        string name => First(dashboard.AllVariables.Single(variable => variable.Name == name)),
    });

    private static string First(Variable variable) => variable.Kind == VariableKind.Labels ? variable.Pattern : variable.Value;

    [GeneratedRegex(@"\$(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
