namespace SFlow.Exporter.Agents;

/// <summary>
/// How many datagrams a jump of an agent's sequence may say were lost: as many as the agent can have sent since its last one, by the rate that it had,
/// and some hundreds at once. A longer jump is another life of the agent or a forgery.
/// </summary>
internal sealed class LossAllowance
{
    /// <summary>Datagrams that may be missing whatever the rate was.</summary>
    private const double Most = 512;

    /// <summary>An agent may speed up by so much while its datagrams are lost; Open vSwitch sends one a second when little happens.</summary>
    private const double SpeedUp = 4, SlowestRate = 64;

    private const double Second = 1e9;

    private double left = Most, rate;
    private long filled, windowBegin;
    private int inWindow;

    /// <summary>Notes one datagram of the agent, by which its rate is known.</summary>
    public void Note(long now)
    {
        inWindow++;
        long passed = now - windowBegin;
        if (passed is >= 0 and < (long)Second) return;
        // The highest rate counts, and is forgotten by half within some seconds of lower ones.
        if (passed is > 0 and < 60 * (long)Second) rate = Math.Max(inWindow * Second / passed, rate * 0.9);
        (windowBegin, inWindow) = (now, 0);
    }

    /// <summary>Whether so many datagrams may be missing after a silence of <paramref name="silence"/> nanoseconds; then they are taken.</summary>
    public bool TryTake(int missing, long silence, long now)
    {
        double each = Math.Max(SlowestRate, SpeedUp * rate);
        double passed = Math.Clamp((now - filled) / Second, 0, 60);
        filled = now;
        left = Math.Min(Most, left + passed * SlowestRate);
        double beyond = Math.Max(0, missing - Math.Max(0, silence / Second) * each);
        if (beyond > left) return false;
        left -= beyond;
        return true;
    }
}
