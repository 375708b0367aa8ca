using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Pipeline.Fields;

/// <content>Kinds of fields. Each takes one way to get the value from a record, and makes of it what the search reads and what documents write.</content>
internal sealed partial record Field
{
    /// <summary>A name. Null and the empty text are no value.</summary>
    public static Field Text(string name, string meaning, Func<NamedFlow, string?> of) => new(name, Keyword, meaning)
    {
        Read = flow => of(flow),
        Write = (flow, json) => of(flow) is { Length: > 0 } text && json.Text(text),
    };

    public static Field Number(string name, string meaning, Func<NamedFlow, long?> of, string unit = "") => new(name, Long, meaning)
    {
        Unit = unit,
        Read = flow => of(flow) is { } number ? number : default(FieldValue),
        Write = (flow, json) => of(flow) is { } number && json.Number(number),
    };

    /// <summary>A number with decimals. Only documents have such fields.</summary>
    public static Field Real(string name, string meaning, Func<NamedFlow, double?> of, string unit = "") => new(name, Double, meaning)
    {
        Unit = unit,
        Write = (flow, json) => of(flow) is { } number && json.Number(number),
    };

    /// <summary>A number that is an identifier: ECS has it as a keyword.</summary>
    public static Field NumberName(string name, string meaning, Func<NamedFlow, long?> of) => new(name, Keyword, meaning)
    {
        Read = flow => of(flow) is { } number ? number.ToString(CultureInfo.InvariantCulture) : default(FieldValue),
        Write = (flow, json) => of(flow) is { } number && json.NumberText(number),
    };

    public static Field Truth(string name, string meaning, Func<NamedFlow, bool?> of) => new(name, Boolean, meaning)
    {
        Read = flow => of(flow) is { } truth ? truth : default(FieldValue),
        Write = (flow, json) => of(flow) is { } truth && json.Raw(truth ? "true"u8 : "false"u8),
    };

    public static Field AddressOf(string name, string meaning, Func<NamedFlow, Address?> of) => new(name, Ip, meaning)
    {
        Read = flow => of(flow)?.ToString(),
        Write = (flow, json) => of(flow) is { } address && json.Address(address),
    };

    /// <summary>A MAC address in the low 48 bits.</summary>
    public static Field Mac(string name, string meaning, Func<NamedFlow, ulong?> of) => new(name, Keyword, meaning)
    {
        Read = flow => of(flow) is { } mac ? MacText.Of(mac) : default(FieldValue),
        Write = (flow, json) => of(flow) is { } mac && json.Plain(MacText.Of(mac, stackalloc byte[MacText.Length])),
    };

    /// <summary>A moment, in nanoseconds of Unix time.</summary>
    public static Field Time(string name, string meaning, Func<NamedFlow, long?> of) => new(name, Date, meaning)
    {
        Read = flow => of(flow) is { } time ? UnixTime.Format(time) : default(FieldValue),
        Write = (flow, json) => of(flow) is { } time && json.Plain(UnixTime.Format(time, stackalloc byte[UnixTime.TextLength])),
    };

    /// <summary>A member of a closed enum. The first member means that there is no value.</summary>
    public static Field Word<T>(string name, string meaning, Func<NamedFlow, int> of) where T : struct, Enum =>
        Words(name, meaning, [.. Enum.GetValues<T>().Select(member => SnakeCase.OfOrNull(member))], of);

    /// <summary>A member of a closed enum, each of which is a value.</summary>
    public static Field State<T>(string name, string meaning, Func<NamedFlow, int> of) where T : struct, Enum =>
        Words(name, meaning, [.. Enum.GetValues<T>().Select(member => SnakeCase.Of(member))], of);

    /// <summary>The same JSON in every document.</summary>
    public static Field Constant(string name, string meaning, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        return new(name, Keyword, meaning) { Write = (_, json) => json.Raw(text), DependsOn = RecordOrigin.Of };
    }

    private static Field Words(string name, string meaning, string?[] words, Func<NamedFlow, int> of)
    {
        byte[][] texts = [.. words.Select(word => Encoding.UTF8.GetBytes(word ?? ""))];
        return new(name, Keyword, meaning)
        {
            Read = flow => words[of(flow)],
            Write = (flow, json) => texts[of(flow)] is { Length: > 0 } text && json.Plain(text),
        };
    }
}
