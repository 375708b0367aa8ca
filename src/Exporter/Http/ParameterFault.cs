using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>A parameter that is refused, and what is allowed instead.</summary>
internal sealed record ParameterFault(string Parameter, string Detail, string Allowed)
{
    /// <summary>The first parameter that is unknown or given more than once; null when there is none.</summary>
    public static ParameterFault? In(IQueryCollection query, params string[] known)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            string shown = name.Length <= 64 ? name : name[..64] + "...";
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                return new ParameterFault(shown, $"There is no parameter '{shown}'; the nearest is '{Nearest.To(shown, known)}'.", string.Join(", ", known));
            if (values.Count > 1) return new ParameterFault(name, $"Parameter {name} is given {values.Count} times.", "one value");
        }
        return null;
    }

    public static ParameterFault Of(string parameter, string allowed) => new(parameter, $"Parameter {parameter} must be {allowed}.", allowed);

    public Task WriteAsync(HttpContext context) => Problem.WriteAsync(context, StatusCodes.Status400BadRequest, Detail, Parameter, Allowed);
}
