using System.Globalization;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>CPU for each datagram at rates that no receiver has trouble with.</summary>
internal sealed class LiveCost(Plan plan, Receivers receivers)
{
    private const double TimesBare = 1.5;

    public void Measure(Findings findings)
    {
        Dictionary<(int Rate, Receiver Receiver), Series> costs = [];
        foreach (int rate in plan.Rates)
        {
            foreach (Receiver receiver in receivers.All) costs[(rate, receiver)] = findings.Measure($"live {rate}/s, {receiver.Name}", "CPU ns a datagram");
        }
        for (int round = 0; round < plan.Rounds; round++)
        {
            foreach (((int rate, Receiver receiver), Series cost) in costs) cost.Rounds.Add(receiver.Send(rate, TimeSpan.FromSeconds(plan.TrialSeconds)).CpuNanoseconds);
        }
        foreach (int rate in plan.Rates)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"live, {rate} datagrams/s{{0}}: CPU ns a datagram");
            Series ours = costs[(rate, receivers.Ours)], bare = costs[(rate, receivers.Bare)];
            findings.Within(Of(what, ""), ours, receivers.Bare.Name, bare, TimesBare);
            if (receivers.Sfcapd is Receiver sfcapd) findings.Within(Of(what, ""), ours, sfcapd.Name, costs[(rate, sfcapd)], 1);
            findings.Within(Of(what, ", inventory"), costs[(rate, receivers.OursNamed)], receivers.Bare.Name, bare, null);
            findings.Within(Of(what, ", inventory, store on"), costs[(rate, receivers.OursStoring)], receivers.Bare.Name, bare, null);
        }
    }

    private static string Of(string what, string kind) => what.Replace("{0}", kind, StringComparison.Ordinal);
}
