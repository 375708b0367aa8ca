using System.Globalization;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>
/// The kernel's drops. First as fast as the sender can send, which differs by how much the receiver's wake-ups keep the sender from
/// sending; then all at the highest rate at which the barest receiver lost nothing. Where even that one loses, which on a shared machine
/// a burst or a stolen CPU can bring about, all are tried again a tenth slower. Ours has the inventory here, which makes it the harder.
/// </summary>
internal sealed class LiveLoss(Plan plan, Receivers receivers)
{
    private const double Slower = 0.9;
    private const int Attempts = 4;

    public void Measure(Findings findings)
    {
        Dictionary<Receiver, List<Trial>> flood = Try(0), paced;
        Keep(findings, "as fast as can be sent", flood);
        double rate = Rate(flood[receivers.Bare]);
        if (!IsLossless(flood[receivers.Bare])) rate *= Slower;
        for (int attempt = 1; ; attempt++)
        {
            paced = Try(rate);
            if (IsLossless(paced[receivers.Bare]) || attempt == Attempts) break;
            rate *= Slower;
        }
        Keep(findings, "highest sustained rate", paced);
        Tell(findings, "live, the most that bare recvmmsg sustains", paced, decides: true);
        Tell(findings, "live, as fast as can be sent", flood, decides: false);
    }

    private Dictionary<Receiver, List<Trial>> Try(double rate)
    {
        Dictionary<Receiver, List<Trial>> trials = receivers.All.Where(receiver => receiver != receivers.Ours).ToDictionary(receiver => receiver, _ => new List<Trial>());
        for (int round = 0; round < plan.Rounds; round++)
        {
            foreach ((Receiver receiver, List<Trial> of) in trials) of.Add(receiver.Send(rate, TimeSpan.FromSeconds(plan.TrialSeconds)));
        }
        return trials;
    }

    private static void Keep(Findings findings, string what, Dictionary<Receiver, List<Trial>> trials)
    {
        foreach ((Receiver receiver, List<Trial> of) in trials)
        {
            findings.Measure($"live, {what}, {receiver.Name}, sent", "datagrams/s").Rounds.AddRange(of.Select(trial => trial.Rate));
            findings.Measure($"live, {what}, {receiver.Name}, lost", "datagrams").Rounds.AddRange(of.Select(trial => (double)trial.Lost));
        }
    }

    private void Tell(Findings findings, string what, Dictionary<Receiver, List<Trial>> trials, bool decides)
    {
        string bar = !decides ? ""
            : !IsLossless(trials[receivers.Bare]) ? "none: not decided, the bare one lost some"
            : $"none: {Findings.Verdict(IsLossless(trials[receivers.OursNamed]))}";
        List<Row> rows = decides ? findings.Rows : findings.Also;
        string ours = Lost(trials[receivers.OursNamed]), bare = $"{receivers.Bare.Name}: {Lost(trials[receivers.Bare])}";
        rows.Add(new Row($"{what}, inventory: datagrams lost", ours, bare, "", bar));
        if (receivers.Sfcapd is Receiver sfcapd) rows.Add(new Row($"{what}, inventory: datagrams lost", ours, $"{sfcapd.Name}: {Lost(trials[sfcapd])}", "", ""));
        rows.Add(new Row($"{what}, inventory, store on: datagrams lost", Lost(trials[receivers.OursStoring]), bare, "", ""));
    }

    private static bool IsLossless(List<Trial> trials) => trials.TrueForAll(trial => trial.Lost == 0);

    private static double Rate(List<Trial> trials) => trials.Average(trial => trial.Rate);

    private static string Lost(List<Trial> trials) => string.Create(CultureInfo.InvariantCulture,
        $"{Series.Figure(trials.Sum(trial => trial.Lost))} of {Series.Figure(trials.Sum(trial => trial.Sent))} at {Rate(trials) / 1e3:0} 000/s");
}
