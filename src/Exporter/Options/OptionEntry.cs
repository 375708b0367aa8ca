using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace SFlow.Exporter.Options;

/// <summary>One option: its key in files and environment, its name on the command line, what it means and what it allows.</summary>
internal sealed class OptionEntry
{
    private readonly PropertyInfo property;
    private readonly RangeAttribute? range;
    private readonly DurationRangeAttribute? durations;
    private readonly SizeRangeAttribute? sizes;
    private readonly RegularExpressionAttribute? form;

    public OptionEntry(string section, PropertyInfo property, OptionAttribute option)
    {
        this.property = property;
        range = property.GetCustomAttribute<RangeAttribute>();
        durations = property.GetCustomAttribute<DurationRangeAttribute>();
        sizes = property.GetCustomAttribute<SizeRangeAttribute>();
        form = property.GetCustomAttribute<RegularExpressionAttribute>();
        Section = section;
        Key = $"{section}:{property.Name}";
        CommandLine = option.CommandLine;
        Description = option.Description;
        IsCommon = option.IsCommon;
        Placeholder = PlaceholderOf(option.Placeholder);
    }

    public string Section { get; }

    /// <summary>Key in configuration files; in the environment it is <c>SFLOW_</c> and the key with <c>__</c> for the colon.</summary>
    public string Key { get; }
    public string CommandLine { get; }
    public string Description { get; }

    /// <summary>Shown by <c>--help</c>; others by <c>--help-all</c>.</summary>
    public bool IsCommon { get; }

    /// <summary>Word for the value in help.</summary>
    public string Placeholder { get; }

    /// <summary>Variable of the environment.</summary>
    public string Variable => SettingsLoader.EnvironmentPrefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What a value may be, in words.</summary>
    public string Allowed => property.PropertyType switch
    {
        Type type when type == typeof(bool) => "true or false",
        Type type when type == typeof(TimeSpan) => $"a duration from {Duration.Format(durations!.Minimum)} to {Duration.Format(durations.Maximum)}, with its unit: ms, s, m, h or d",
        Type type when type == typeof(string) => form is null ? "a text" : $"a text of the form {form.Pattern}",
        _ when sizes is not null => $"a size from {ByteSize.Format(sizes.Minimum)} to {ByteSize.Format(sizes.Maximum)}, in bytes or with its unit: KiB, MiB, GiB or TiB",
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {range!.Minimum} to {range.Maximum}"),
    };

    public string DefaultOf(object section) => property.GetValue(section) switch
    {
        bool truth => truth ? "true" : "false",
        TimeSpan time => Duration.Format(time),
        object value when sizes is not null => ByteSize.Format(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        object value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        null => "",
    };

    /// <summary>Sets the property of <paramref name="section"/>; false when the text is not allowed.</summary>
    public bool TrySet(object section, string text)
    {
        object? value = Parse(text.Trim());
        if (value is null) return false;
        ValidationAttribute?[] rules = [range, durations, sizes, form];
        if (rules.Any(rule => rule?.IsValid(value) == false)) return false;
        property.SetValue(section, value);
        return true;
    }

    private string PlaceholderOf(string text) => property.PropertyType switch
    {
        Type type when type == typeof(string) => text,
        Type type when type == typeof(bool) => "true|false",
        Type type when type == typeof(TimeSpan) => "DURATION",
        _ => sizes is null ? "NUMBER" : "SIZE",
    };

    private object? Parse(string text)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        Type type = property.PropertyType;
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return bool.TryParse(text, out bool truth) ? truth : null;
        if (type == typeof(TimeSpan)) return Duration.TryParse(text, out TimeSpan time) ? time : null;
        long number;
        if (!(sizes is null ? long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out number) : ByteSize.TryParse(text, out number))) return null;
        if (type == typeof(int)) return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
        if (type == typeof(uint)) return number is >= 0 and <= uint.MaxValue ? (uint)number : null;
        return number;
    }
}
