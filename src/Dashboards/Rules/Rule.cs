using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Rules;

/// <summary>How urgent an alert is.</summary>
internal enum Severity { Info, Warning, Critical }

/// <summary>A rule that Prometheus evaluates.</summary>
/// <param name="Name">Name of the recorded series, or of the alert.</param>
/// <param name="Expression">What it evaluates.</param>
internal abstract record Rule(string Name, Expression Expression);

/// <summary>A rule that stores its result as series named level:metric:operation.</summary>
/// <param name="Name">Name of the recorded series.</param>
/// <param name="Expression">What is recorded.</param>
internal sealed record Recording(string Name, Expression Expression) : Rule(Name, Expression)
{
    /// <summary>The recorded series.</summary>
    public Expression Series => new(Name, Expression.Labels);

    /// <summary>A function over the recorded values of a range, such as avg.</summary>
    public Expression OverTime(string function, string range, string offset) => new($"{function}_over_time({Name}[{range}] offset {offset})", Expression.Labels);

    /// <summary>The recorded values of an earlier time.</summary>
    public Expression Before(string offset) => new($"{Name} offset {offset}", Expression.Labels, IsOperation: true);
}

/// <summary>A rule that calls for a person.</summary>
/// <param name="Name">Name of the alert, and of its page below docs/runbooks.</param>
/// <param name="Expression">Has a series for each thing that is wrong.</param>
/// <param name="For">How long it must be wrong.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Summary">One sentence without variables.</param>
/// <param name="Description">What happened, with the labels and the value.</param>
internal sealed record Alert(string Name, Expression Expression, string For, Severity Severity, string Summary, string Description) : Rule(Name, Expression);

/// <summary>Rules that are evaluated together, one after the other.</summary>
/// <param name="Name">Name of the group, and of its file.</param>
/// <param name="Rules">The rules.</param>
internal sealed record RuleGroup(string Name, IReadOnlyList<Rule> Rules);
