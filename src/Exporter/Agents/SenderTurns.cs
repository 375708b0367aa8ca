using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>Who sent for one agent lately, and whether they take turns: two that do claim the agent's address together, one that moved does not come back.</summary>
internal sealed class SenderTurns
{
    private const int Most = 4;

    /// <summary>Whoever comes back later than this was not there at the same time. Nanoseconds.</summary>
    private const long ConflictWithin = UnixTime.Minute;

    private readonly (Address Sender, long Arrival)[] senders = new (Address, long)[Most];
    private int latest;

    /// <summary>Notes a datagram of the sender; true when another one sent since its last, and that was within a minute.</summary>
    public bool ComesBack(Address sender, long now)
    {
        int place = latest;
        if (senders[latest].Sender != sender)
        {
            for (int i = 0; i < Most; i++)
            {
                if (senders[i].Sender == sender)
                {
                    place = i;
                    break;
                }
                if (senders[i].Arrival < senders[place].Arrival) place = i;
            }
        }
        bool back = place != latest && senders[place].Sender == sender && now - senders[place].Arrival <= ConflictWithin;
        senders[place] = (sender, now);
        latest = place;
        return back;
    }
}
