namespace SFlow.Tests;

/// <summary>What an action allocates, by the runtime's own account of this thread.</summary>
public static class Allocated
{
    private const int Tries = 5;

    /// <summary>
    /// The least of five tries, in bytes. A collection that another thread sets off takes what is left of this thread's buffer, up to
    /// 8 KiB, as allocated; an action that allocates does so in every try.
    /// </summary>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
