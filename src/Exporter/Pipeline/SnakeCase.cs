using System.Text.Json;

namespace SFlow.Exporter.Pipeline;

/// <summary>Names of enum members in labels, documents and tables.</summary>
internal static class SnakeCase
{
    /// <summary>The member's name in snake_case: <c>TooManyAgents</c> is <c>too_many_agents</c>.</summary>
    public static string Of<T>(T member) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    /// <summary>The same, but null for the first member, which means "none" in the enums of a flow.</summary>
    public static string? OfOrNull<T>(T member) where T : struct, Enum => EqualityComparer<T>.Default.Equals(member, default) ? null : Of(member);
}
