using System.Numerics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// Agents by address and sub-agent, open addressing with linear probing. Readers take no lock: a slot is written once, with an agent
/// that is complete, and a table that grew replaces the old one whole. One writer at a time.
/// </summary>
internal sealed class AgentTable
{
    private volatile Agent?[] slots = new Agent?[64];
    private int count;

    /// <summary>The agent, or null when it is not known.</summary>
    public Agent? Find(Address address, uint subAgentId)
    {
        Agent?[] table = slots;
        for (int at = Place(table, address, subAgentId); ; at = (at + 1) & (table.Length - 1))
        {
            Agent? agent = Volatile.Read(ref table[at]);
            if (agent is null || agent.SubAgentId == subAgentId && agent.Address == address) return agent;
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

    private static void Insert(Agent?[] table, Agent agent)
    {
        int at = Place(table, agent.Address, agent.SubAgentId);
        while (table[at] is not null) at = (at + 1) & (table.Length - 1);
        Volatile.Write(ref table[at], agent);
    }

    /// <summary>The hash is seeded anew by each process, so that nobody can forge agents that all fall on one place.</summary>
    private static int Place(Agent?[] table, Address address, uint subAgentId) =>
        HashCode.Combine(address.High, address.Low, subAgentId) & (table.Length - 1);
}
