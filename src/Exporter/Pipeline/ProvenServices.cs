using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Under which service a sample is counted. A port without a Service, such as <c>@tcp/443</c>, gets series of its own only after somebody was
/// seen to listen at this port number: a port scan would make series of thousands of ports otherwise. Until then its samples are counted as
/// <c>@other</c>; records always have the port's name.
/// </summary>
internal sealed class ProvenServices
{
    private readonly Lock gate = new();
    private volatile int[] counted = [];
    private bool required;

    /// <summary>From now on ports need evidence. Captures need none: they end.</summary>
    public void Require() => required = true;

    /// <summary>The service under which samples of that service are counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int service)
    {
        int[] known = counted;
        return (uint)service < (uint)known.Length ? known[service] : service;
    }

    /// <summary>Counts samples of a port as another service until there is evidence.</summary>
    public void Doubt(int service, int other)
    {
        if (!required) return;
        lock (gate)
        {
            int[] known = counted;
            if (service >= known.Length)
            {
                int[] grown = new int[Math.Max(service + 1, known.Length * 2)];
                for (int id = 0; id < grown.Length; id++) grown[id] = id < known.Length ? known[id] : id;
                known = grown;
            }
            known[service] = other;
            counted = known;
        }
    }

    /// <summary>Somebody listens at that port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prove(int service)
    {
        if (Of(service) == service) return;
        lock (gate) counted[service] = service;
    }
}
