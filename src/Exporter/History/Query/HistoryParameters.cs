using SFlow.Exporter.Http;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>The parameters of <c>/api/series</c> and <c>/api/top</c>, listed once.</summary>
internal static class HistoryParameters
{
    private static readonly ApiParameter Filter = new("filter", "terms such as namespace=shop not node=worker-1");
    private static readonly ApiParameter From = ApiParameter.Time("from", "now-1h"), To = ApiParameter.Time("to", "now");
    private static readonly ApiParameter Step = new("step", "absent for as many steps as fit, or a multiple of a minute such as 1m, 15m, 1h or 1d");
    private static readonly ApiParameter Group = ApiParameter.OneOf("group", HistoryGrouping.Namespace);
    private static readonly ApiParameter Direction = ApiParameter.OneOf("direction", HistoryDirection.Forward);
    private static readonly ApiParameter Unit = ApiParameter.OneOf("unit", HistoryUnit.Bytes);
    private static readonly ApiParameter SeriesLimit = ApiParameter.Number("top", 0, 100, 10), TopLimit = ApiParameter.Number("top", 0, 1_000, 10);

    public static IReadOnlyList<ApiParameter> OfSeries { get; } = [Filter, From, To, Step, Group, Direction, Unit, SeriesLimit];
    public static IReadOnlyList<ApiParameter> OfTop { get; } = [Filter, From, To, Group, Direction, Unit, TopLimit];

    /// <summary>Null with a fault that names the wrong parameter.</summary>
    public static HistoryQuery? Parse(IQueryCollection given, bool hasSteps, DateTimeOffset now, out ParameterFault? fault)
    {
        ParameterReader reader = new(given, hasSteps ? OfSeries : OfTop);
        string text = reader.Text(Filter);
        if (!FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? wrong) || (wrong = RecordTerms.FirstIn(filter)) is not null)
            reader.Refuse(ParameterFault.Of(Filter.Name, wrong!));
        long from = reader.Time(From, now), to = reader.Time(To, now);
        HistoryQuery query = new()
        {
            Filter = filter,
            From = from / UnixTime.Second,
            To = (to + UnixTime.Second - 1) / UnixTime.Second,
            Step = hasSteps ? StepOf(reader) : null,
            HasSteps = hasSteps,
            Group = reader.OneOf<HistoryGrouping>(Group),
            Direction = reader.OneOf<HistoryDirection>(Direction),
            Unit = reader.OneOf<HistoryUnit>(Unit),
            Top = reader.Number(hasSteps ? SeriesLimit : TopLimit),
        };
        if (from >= to) reader.Refuse(new ParameterFault(To.Name, "The time 'to' is not after 'from'.", "a time after 'from'"));
        if (query.Step is { } step && HistoryRange.StepsOf(query.From, query.To, step) > HistoryRange.MostSteps)
            reader.Refuse(TooManySteps(query.To - query.From));
        if (query.Group == HistoryGrouping.Peer && !filter.SelectsHost)
            reader.Refuse(new ParameterFault(
                Group.Name, "The group 'peer' needs a filter with a term for either host, such as namespace=shop. Without one there is no other host.", Group.Allowed));
        fault = reader.Fault;
        return fault is null ? query : null;
    }

    private static long? StepOf(ParameterReader reader)
    {
        string text = reader.Text(Step);
        if (text.Length == 0) return null;
        if (Duration.TryParse(text, out TimeSpan step) && step >= TimeSpan.FromMinutes(1) && step <= TimeSpan.FromDays(365) && step.Ticks % TimeSpan.TicksPerMinute == 0)
            return (long)step.TotalSeconds;
        reader.Refuse(Step);
        return null;
    }

    private static ParameterFault TooManySteps(long seconds)
    {
        string least = Duration.Format(TimeSpan.FromSeconds(HistoryRange.UsualStep(seconds, HistoryRange.MostSteps)));
        return new ParameterFault(Step.Name, $"The range has more than {HistoryRange.MostSteps:N0} such steps. Use a step of at least {least}, or a shorter range.", $"{least} or more")
        {
            Suggestion = least,
        };
    }
}
