using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Http;

/// <summary>A parameter that is refused, and what is allowed instead.</summary>
internal sealed record ParameterFault(string Parameter, string Detail, string Allowed)
{
    /// <summary>The wrong part of the value, in UTF-16 code units from 0; null if it is the whole value.</summary>
    public (int Position, int Length)? Part { get; init; }

    /// <summary>What probably belongs in the place of that part, or of the parameter's name; null if that is unknown.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The first parameter that is unknown or given more than once; null when there is none.</summary>
    public static ParameterFault? In(IQueryCollection query, params string[] known)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                return Unknown(name, known);
            if (values.Count > 1) return Repeated(name, values.Count);
        }
        return null;
    }

    /// <summary>The same for the parameters of an endpoint.</summary>
    public static ParameterFault? In(IQueryCollection query, IEnumerable<ApiParameter> known) => In(query, [.. known.Select(parameter => parameter.Name)]);

    /// <summary>The first parameter of a path that has none; null without one.</summary>
    public static ParameterFault? InNone(IQueryCollection query) =>
        query.Keys.FirstOrDefault() is { } name ? new(CleanText.Beginning(name), "This path has no parameters. Leave them out.", "no parameter") : null;

    public static ParameterFault Of(string parameter, string allowed) => new(parameter, $"Parameter {parameter} must be {allowed}.", allowed);

    public static ParameterFault Of(string parameter, FilterFault fault) =>
        new(parameter, fault.Detail, fault.Allowed) { Part = (fault.Position, fault.Length), Suggestion = fault.Suggestion };

    /// <summary>A parameter that the endpoint lacks.</summary>
    public static ParameterFault Unknown(string name, IReadOnlyCollection<string> known)
    {
        string shown = CleanText.Beginning(name), nearest = Nearest.To(shown, known);
        return new ParameterFault(shown, $"There is no parameter '{shown}'; the nearest is '{nearest}'.", string.Join(", ", known)) { Suggestion = nearest };
    }

    /// <summary>A parameter that may be given once.</summary>
    public static ParameterFault Repeated(string name, int times) => new(name, $"Parameter {name} is given {times} times.", "one value");

    public Task WriteAsync(HttpContext context) => Problem.WriteAsync(context, StatusCodes.Status400BadRequest, Detail, this);
}
