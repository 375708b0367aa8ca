using System.Numerics;

namespace SFlow.Exporter.Agents;

/// <summary>
/// Agents by address and sub-agent, open addressing with linear probing. Readers take no lock: a slot is written once, with an agent
/// that is complete, and a table that grew or was cleared of some replaces the old one whole. One writer at a time. All sub-agents of an address stand
/// in one run, which the registry keeps short.
/// </summary>
internal sealed class AgentTable
{
    private const int Smallest = 64;

    private volatile Agent?[] slots = new Agent?[Smallest];
    private int count;

    /// <summary>The agent, or null when it is not known.</summary>
    /// <param name="address">Address of the agent.</param>
    /// <param name="subAgentId">Which of its streams.</param>
    /// <param name="ofAddress">Agents of that address; all of them when the agent is not known.</param>
    public Agent? Find(Address address, uint subAgentId, out int ofAddress)
    {
        Agent?[] table = slots;
        ofAddress = 0;
        for (int at = Place(table, address); ; at = (at + 1) & (table.Length - 1))
        {
            Agent? agent = Volatile.Read(ref table[at]);
            if (agent is null) return null;
            if (agent.Address != address) continue;
            if (agent.SubAgentId == subAgentId) return agent;
            ofAddress++;
        }
    }

    /// <summary>Adds an agent that is not there.</summary>
    public void Add(Agent agent)
    {
        if (++count * 2 > slots.Length)
        {
            Agent?[] grown = new Agent?[BitOperations.RoundUpToPowerOf2((uint)slots.Length + 1)];
            foreach (Agent? known in slots)
                if (known is not null) Insert(grown, known);
            slots = grown;
        }
        Insert(slots, agent);
    }

    /// <summary>Leaves out the evicted ones.</summary>
    public void Rebuild(ReadOnlySpan<Agent> agents)
    {
        Agent?[] rebuilt = new Agent?[slots.Length];
        count = 0;
        foreach (Agent agent in agents)
        {
            if (agent.IsEvicted) continue;
            Insert(rebuilt, agent);
            count++;
        }
        slots = rebuilt;
    }

    private static void Insert(Agent?[] table, Agent agent)
    {
        int at = Place(table, agent.Address);
        while (table[at] is not null) at = (at + 1) & (table.Length - 1);
        Volatile.Write(ref table[at], agent);
    }

    /// <summary>The hash is seeded anew by each process, so that a sender cannot forge agents that all fall on one place.</summary>
    private static int Place(Agent?[] table, Address address) => HashCode.Combine(address.High, address.Low) & (table.Length - 1);
}
