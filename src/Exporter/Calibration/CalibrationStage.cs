using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Calibration;

/// <summary>
/// Holds what flow samples estimate against what the ports counted themselves. Every sample takes part, whatever it is counted as:
/// the question is not whose traffic it is, but whether sampling tells how much there was.
/// </summary>
internal sealed class CalibrationStage(AgentRegistry agents) : IFlowStage, ICounterStage
{
    public void Process(Span<Flow> records)
    {
        int end;
        for (int first = 0; first < records.Length; first = end)
        {
            int agent = records[first].Agent;
            for (end = first + 1; end < records.Length && records[end].Agent == agent;) end++;
            agents[agent].Estimate(records[first..end]);
        }
    }

    public void Process(in CounterRecord record)
    {
        if (record.HasInterface) agents[record.Agent].Calibrate(record);
    }

    public void Idle()
    {
    }
}
