namespace SFlow.Exporter.Options;

/// <summary>Names an option for the command line and says in one line what it does; the only place where both stand.</summary>
/// <param name="commandLine">The long option, with its dashes.</param>
/// <param name="description">One line: meaning, unit, what is allowed.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionAttribute(string commandLine, string description) : Attribute
{
    public string CommandLine => commandLine;
    public string Description => description;

    /// <summary>The value is a password or key. Any user of the machine can read command lines, so this option is refused there.</summary>
    public bool IsSecret { get; init; }
}
