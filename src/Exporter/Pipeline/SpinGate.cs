namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Guards state that workers hardly ever reach together. What is guarded takes well under a microsecond and can't fail: spinning is cheaper than a
/// lock that could put a worker to sleep. A field of this type must not be readonly.
/// </summary>
internal struct SpinGate
{
    private int taken;

    public void Enter()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref taken, 1, 0) != 0) spin.SpinOnce(sleep1Threshold: -1);
    }

    public void Leave() => Volatile.Write(ref taken, 0);
}
