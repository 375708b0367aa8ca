using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SFlow.Exporter.Options;

/// <summary>
/// The shortest and the longest time that an option may have, as [d.]hh:mm:ss. <see cref="RangeAttribute"/> finds a type's parser by
/// reflection, which a program that is compiled ahead of time does not have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public TimeSpan Minimum { get; } = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
    public TimeSpan Maximum { get; } = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);

    public override bool IsValid(object? value) => value is TimeSpan time && time >= Minimum && time <= Maximum;
}
