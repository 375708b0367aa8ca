using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SFlow.Exporter.History.Query;

/// <summary>What <c>/api/series</c> and <c>/api/top</c> answer alike (<c>docs/api.md</c>). Times are RFC 3339 in UTC.</summary>
internal abstract record HistoryAnswer
{
    public required string From { get; init; }
    public required string To { get; init; }
    public required long Resolution { get; init; }
    public required string Unit { get; init; }
    public required string Group { get; init; }
    public required string Direction { get; init; }
    public required string Filter { get; init; }
    public required string? CompleteFrom { get; init; }
    public required string? CompleteTo { get; init; }
    public required IReadOnlyList<GroupFigures> Series { get; init; }
    public required RemainderFigures Remainder { get; init; }
    public required TotalFigures Total { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}

internal sealed record SeriesAnswer : HistoryAnswer
{
    public required long Step { get; init; }
    public required IReadOnlyList<string> Times { get; init; }
    public required IReadOnlyList<long> Covered { get; init; }
}

internal sealed record TopAnswer : HistoryAnswer
{
    public required long Covered { get; init; }
}

/// <summary>Amounts with their errors. Values and errors are by step, and absent in an answer without steps.</summary>
internal abstract record AmountFigures
{
    public required ulong Total { get; init; }
    public required ulong Samples { get; init; }
    public required double? Error { get; init; }
    public required double Share { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ulong?>? Values { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? Errors { get; init; }
}

internal sealed record TotalFigures : AmountFigures;

internal sealed record RemainderFigures : AmountFigures
{
    public required int Groups { get; init; }
    public required ulong Unnamed { get; init; }
}

internal sealed record GroupFigures : AmountFigures
{
    public required JsonObject Name { get; init; }
    public required string Label { get; init; }
    public required string Filter { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(TopAnswer))]
internal sealed partial class HistoryJson : JsonSerializerContext;
