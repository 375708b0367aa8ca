using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Ports without a Service, such as <c>@tcp/443</c>, whose number was never seen listening. A port scan makes thousands of them, so the families give
/// them few series.
/// </summary>
internal sealed class DoubtfulPorts
{
    private readonly Lock gate = new();
    private volatile bool[] doubtful = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsDoubtful(int service)
    {
        bool[] known = doubtful;
        return (uint)service < (uint)known.Length && known[service];
    }

    /// <summary>There is no evidence for that port yet.</summary>
    public void Doubt(int service)
    {
        lock (gate)
        {
            bool[] known = doubtful;
            if (service >= known.Length) Array.Resize(ref known, Math.Max(service + 1, known.Length * 2));
            known[service] = true;
            doubtful = known;
        }
    }

    /// <summary>Somebody listens at that port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prove(int service)
    {
        if (!IsDoubtful(service)) return;
        lock (gate) doubtful[service] = false;
    }
}
