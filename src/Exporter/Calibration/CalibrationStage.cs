using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Calibration;

/// <summary>
/// Compares the estimates of flow samples with the interface counters of the same agent. Every sample takes part, counted or not, because
/// the comparison is about sampling and not about traffic.
/// </summary>
internal sealed class CalibrationStage(PortCalibration ports) : IFlowStage, ICounterStage
{
    public FlowParts Reads => FlowParts.Plausibility;

    public void Process(Span<Flow> records)
    {
        int end;
        for (int first = 0; first < records.Length; first = end)
        {
            int agent = records[first].Agent;
            for (end = first + 1; end < records.Length && records[end].Agent == agent;) end++;
            ports.Add(agent, records[first..end]);
        }
    }

    public void Process(in CounterRecord record)
    {
        if (record.HasInterface) ports.Turn(record);
    }

    public void Idle()
    {
    }
}
