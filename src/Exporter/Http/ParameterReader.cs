using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// Reads the parameters of a request by their descriptions. The first mistake is kept; values behind it are defaults. A parameter without a value is as
/// good as absent, as forms send it.
/// </summary>
/// <param name="query">The query string.</param>
/// <param name="known">All parameters of the endpoint.</param>
internal sealed class ParameterReader(IQueryCollection query, IReadOnlyList<ApiParameter> known)
{
    /// <summary>The first mistake; null without one.</summary>
    public ParameterFault? Fault { get; private set; } = ParameterFault.In(query, known);

    public string Text(ApiParameter parameter) => query[parameter.Name] is [{ Length: > 0 } given] ? given : parameter.Default;

    public int Number(ApiParameter parameter)
    {
        (long minimum, long maximum) = parameter.Range!.Value;
        if (int.TryParse(Text(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum) return number;
        Refuse(parameter);
        return 0;
    }

    /// <summary>A member of an enumeration, written in snake_case.</summary>
    public T OneOf<T>(ApiParameter parameter) where T : struct, Enum
    {
        int place = Array.IndexOf([.. parameter.Values], Text(parameter));
        if (place >= 0) return Enum.GetValues<T>()[place];
        Refuse(parameter);
        return default;
    }

    /// <summary>Nanoseconds of Unix time.</summary>
    public long Time(ApiParameter parameter, DateTimeOffset now)
    {
        if (UnixTime.TryParse(Text(parameter), now, out long time)) return time;
        Refuse(parameter);
        return 0;
    }

    /// <summary>Keeps a refusal of the value, unless there is an earlier one.</summary>
    public void Refuse(ApiParameter parameter) => Refuse(parameter.Fault());

    public void Refuse(ParameterFault fault) => Fault ??= fault;
}
