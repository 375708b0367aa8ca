namespace SFlow.Exporter.Acknowledge;

/// <summary>
/// Services whose answers are sampled, because a pod was seen to give one. What is behind a virtual address is not in the request, so this is
/// learned from the answers; all workers share it. Until a Service's first answer is sampled, its connections count as unsampled.
/// </summary>
internal sealed class AnsweringPods
{
    private readonly Lock gate = new();
    private volatile bool[] services = new bool[256];

    public bool Answer(int service)
    {
        bool[] known = services;
        return (uint)service < (uint)known.Length && known[service];
    }

    public void Learn(int service)
    {
        if (service <= 0 || Answer(service)) return;
        lock (gate)
        {
            bool[] known = services;
            if (service >= known.Length) Array.Resize(ref known, Math.Max(service + 1, known.Length * 2));
            known[service] = true;
            services = known;
        }
    }
}
