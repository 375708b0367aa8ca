namespace SFlow.Exporter.Pipeline;

/// <summary>A set of Services by their ids in <c>Registries.Services</c>. It only grows. All workers share it and read without a lock.</summary>
internal sealed class ServiceSet
{
    private readonly Lock gate = new();
    private volatile bool[] services = new bool[256];

    public bool Contains(int service)
    {
        bool[] known = services;
        return (uint)service < (uint)known.Length && known[service];
    }

    public void Add(int service)
    {
        if (service <= 0 || Contains(service)) return;
        lock (gate)
        {
            bool[] known = services;
            if (service >= known.Length) Array.Resize(ref known, Math.Max(service + 1, known.Length * 2));
            known[service] = true;
            services = known;
        }
    }
}
