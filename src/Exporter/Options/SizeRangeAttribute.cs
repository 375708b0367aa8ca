using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SFlow.Exporter.Options;

/// <summary>Minimum and maximum of an option that is a number of bytes, as <c>64KiB</c>, <c>1GiB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SizeRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public long Minimum { get; } = ByteSize.Parse(minimum);
    public long Maximum { get; } = ByteSize.Parse(maximum);

    public override bool IsValid(object? value) =>
        value is int or long && Convert.ToInt64(value, CultureInfo.InvariantCulture) is long bytes && bytes >= Minimum && bytes <= Maximum;
}
