using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// A parameter of an endpoint, listed once: the parser accepts its name, refusals say what it allows, and the OpenAPI document describes it.
/// </summary>
/// <param name="Name">As in the query string.</param>
/// <param name="Allowed">What the value may be, for people, such as "a number from 1 to 100".</param>
internal sealed record ApiParameter(string Name, string Allowed)
{
    public bool IsRequired { get; init; }

    /// <summary>The value that an absent parameter has; empty if its absence restricts nothing.</summary>
    public string Default { get; init; } = "";

    /// <summary>All possible values; empty if they are too many to list.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Lowest and highest value of a whole number; null for other values.</summary>
    public (long Minimum, long Maximum)? Range { get; init; }

    /// <summary>What a time may be (<see cref="UnixTime"/>).</summary>
    public const string TimeAllowed =
        "a time such as 2026-01-31T12:00:00Z (RFC 3339) or 1769860800 (seconds of Unix time), a time before now such as now-15m, -2h or -7d, or now";

    public static ApiParameter Time(string name, string value) => new(name, TimeAllowed) { Default = value };

    public static ApiParameter Number(string name, long minimum, long maximum, long value) =>
        new(name, $"a whole number from {minimum} to {maximum}") { Range = (minimum, maximum), Default = $"{value}" };

    public static ApiParameter OneOf(string name, IReadOnlyList<string> values, string value) =>
        new(name, $"one of {string.Join(", ", values)}") { Values = values, Default = value };

    /// <summary>The members of an enumeration in snake_case, in their order.</summary>
    public static ApiParameter OneOf<T>(string name, T value) where T : struct, Enum =>
        OneOf(name, [.. Enum.GetValues<T>().Select(SnakeCase.Of)], SnakeCase.Of(value));

    /// <summary>A refusal of the value that was given.</summary>
    public ParameterFault Fault() => ParameterFault.Of(Name, Allowed);
}
