namespace SFlow.Exporter.Options;

/// <summary>Names an option for the command line and describes it; the only place that does.</summary>
/// <param name="commandLine">The long option, with its dashes.</param>
/// <param name="description">An imperative or "Maximum ...", the unit, and what 0 or an empty text means.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionAttribute(string commandLine, string description) : Attribute
{
    public string CommandLine => commandLine;
    public string Description => description;

    /// <summary>Most people need it: <c>--help</c> shows it, where others need <c>--help-all</c>.</summary>
    public bool IsCommon { get; init; }

    /// <summary>Word for the value of a text in help.</summary>
    public string Placeholder { get; init; } = "TEXT";
}
