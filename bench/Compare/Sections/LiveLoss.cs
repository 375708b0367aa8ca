using System.Globalization;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>
/// The kernel's drops at the highest rate that the barest receiver takes without any. Where even that one loses, which on a shared
/// machine the sender's burst or a stolen CPU can bring about, all are tried again a tenth slower.
/// </summary>
internal sealed class LiveLoss(Plan plan, Receivers receivers)
{
    private const double Slower = 0.9;
    private const int Attempts = 4;

    public void Measure(Findings findings)
    {
        double rate = 0;
        for (int attempt = 1; ; attempt++)
        {
            Dictionary<Receiver, List<Trial>> trials = Try(rate);
            List<Trial> bare = trials[receivers.Bare];
            if (bare.Sum(trial => trial.Lost) > 0 && attempt < Attempts)
            {
                rate = bare.Average(trial => trial.Rate) * Slower;
                continue;
            }
            foreach ((Receiver receiver, List<Trial> of) in trials)
            {
                findings.Measure($"live, highest rate, {receiver.Name}, sent", "datagrams/s").Rounds.AddRange(of.Select(trial => trial.Rate));
                findings.Measure($"live, highest rate, {receiver.Name}, lost", "datagrams").Rounds.AddRange(of.Select(trial => (double)trial.Lost));
            }
            Tell(findings, trials);
            return;
        }
    }

    private Dictionary<Receiver, List<Trial>> Try(double rate)
    {
        Dictionary<Receiver, List<Trial>> trials = receivers.All.ToDictionary(receiver => receiver, _ => new List<Trial>());
        for (int round = 0; round < plan.Rounds; round++)
        {
            foreach ((Receiver receiver, List<Trial> of) in trials) of.Add(receiver.Send(rate, TimeSpan.FromSeconds(plan.TrialSeconds)));
        }
        return trials;
    }

    private void Tell(Findings findings, Dictionary<Receiver, List<Trial>> trials)
    {
        const string What = "live, the most that can be sent{0}: datagrams lost";
        string bare = $"{receivers.Bare.Name}: {Lost(trials[receivers.Bare])}";
        bool sustained = trials[receivers.Bare].All(trial => trial.Lost == 0), ours = trials[receivers.Ours].All(trial => trial.Lost == 0);
        findings.Rows.Add(new Row(Of(What, ""), Lost(trials[receivers.Ours]), bare, "", $"none: {(sustained ? Findings.Verdict(ours) : "not decided, the bare one lost too")}"));
        findings.Rows.Add(new Row(Of(What, ", store on"), Lost(trials[receivers.OursStoring]), bare, "", ""));
        if (receivers.Sfcapd is Receiver sfcapd) findings.Rows.Add(new Row(Of(What, ""), Lost(trials[receivers.Ours]), $"{sfcapd.Name}: {Lost(trials[sfcapd])}", "", ""));
    }

    private static string Of(string what, string kind) => what.Replace("{0}", kind, StringComparison.Ordinal);

    private static string Lost(List<Trial> trials) => string.Create(CultureInfo.InvariantCulture,
        $"{Series.Figure(trials.Sum(trial => trial.Lost))} of {Series.Figure(trials.Sum(trial => trial.Sent))} at {trials.Average(trial => trial.Rate) / 1e3:0} 000/s");
}
