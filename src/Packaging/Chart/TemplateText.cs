using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SFlow.Packaging.Chart;

/// <summary>Writes folded objects as templates. They use <c>if</c>, one <c>range</c>, and few functions, so that they are read like the YAML that they make.</summary>
internal sealed class TemplateText(Conditions conditions)
{
    private const string End = "{{- end }}\n";

    private readonly StringBuilder text = new();

    /// <summary>The condition that was closed last, and where: what follows with the same condition joins it.</summary>
    private (int At, string Condition) closed = (-1, "");

    /// <param name="conditions">Finds the conditions.</param>
    /// <param name="kind">Kind of the object.</param>
    /// <param name="slot">The object in all renderings.</param>
    /// <param name="all">The set of all renderings.</param>
    public static string Of(Conditions conditions, string kind, Slot slot, long all)
    {
        TemplateText writer = new(conditions);
        foreach (Folded alternative in slot.Alternatives) writer.If(conditions.Of(alternative.Presence, all), () => writer.Content(alternative, kind, 0));
        return writer.text.ToString();
    }

    private void Content(Folded value, string place, int indent)
    {
        // The name of an item is its first field.
        foreach (Slot slot in value.Slots.OrderBy(slot => slot.Key != "name"))
            foreach (Folded alternative in slot.Alternatives)
                If(Parameters.Unless(place, slot.Key), () => If(conditions.Of(alternative.Presence, value.Presence), () =>
                {
                    if (value.IsList) Item(alternative, $"{place}/{slot.Key}", indent);
                    else Field(slot.Key, alternative, $"{place}/{slot.Key}", indent);
                }));
        if (!Parameters.IsEnvironment(place)) return;
        text.Append("{{- range $name, $value := .Values.options }}\n");
        Line(indent, "- name: {{ $name }}");
        Line(indent, "  value: {{ $value | quote }}");
        text.Append(End);
    }

    private void Field(string key, Folded value, string place, int indent)
    {
        if (Parameters.IsResources(place)) Line(indent, $"{key}: {{{{- toYaml .Values.resources | nindent {indent + 2} }}}}");
        else if (value.Scalar is { } scalar) Line(indent, $"{Escape(Scalar(new YamlScalarNode(key)))}: {Written(scalar, place, indent + 2)}");
        else if (value.Slots.Count == 0) Line(indent, $"{key}: {(value.IsList ? "[]" : "{}")}");
        else
        {
            Line(indent, $"{Escape(Scalar(new YamlScalarNode(key)))}:");
            Content(value, place, value.IsList ? indent : indent + 2);
        }
    }

    private void Item(Folded value, string place, int indent)
    {
        if (value.Scalar is { } scalar)
        {
            Line(indent, $"- {Written(scalar, place, indent + 2)}");
            return;
        }
        int start = text.Length;
        Content(value, place, indent + 2);
        // The first field follows the dash, unless a condition comes before it.
        if (text[start] != ' ') throw new PackagingException($"The first field of {place} is there under a condition. Give the item a name.");
        text[start + indent] = '-';
    }

    private void If(string? condition, Action content)
    {
        if (condition is null)
        {
            content();
            return;
        }
        if (closed == (text.Length, condition)) text.Length -= End.Length;
        else text.Append($"{{{{- if {condition} }}}}\n");
        content();
        text.Append(End);
        closed = (text.Length, condition);
    }

    private static string Written(YamlScalarNode scalar, string place, int indent) => Parameters.Replacement(place, scalar.Value!) ?? Escape(Scalar(scalar, indent));

    /// <summary>Plain where the source is plain; a block for lines; else in double quotes, with the escapes of JSON, which are YAML's too.</summary>
    private static string Scalar(YamlScalarNode scalar, int indent = 0)
    {
        string value = scalar.Value!;
        if (scalar.Style is ScalarStyle.Literal && value.Length > 0 && !char.IsWhiteSpace(value[0]) && !value.EndsWith("\n\n", StringComparison.Ordinal))
        {
            string margin = new(' ', indent);
            return (value.EndsWith('\n') ? "|" : "|-") + string.Concat(value.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"\n{margin}{line}"));
        }
        return scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && !value.Contains('\n', StringComparison.Ordinal) ? value : JsonSerializer.Serialize(value);
    }

    private static string Escape(string value) => value.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    private void Line(int indent, string line) => text.Append(' ', indent).Append(line).Append('\n');
}
