using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>
/// Minimum and maximum duration of an option, as <c>1ms</c>, <c>30s</c>, <c>7d</c>. <see cref="RangeAttribute"/> finds the parser of a type by
/// reflection, which a program that is compiled ahead of time does not have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public TimeSpan Minimum { get; } = Duration.Parse(minimum);
    public TimeSpan Maximum { get; } = Duration.Parse(maximum);

    public override bool IsValid(object? value) => value is TimeSpan time && time >= Minimum && time <= Maximum;
}
