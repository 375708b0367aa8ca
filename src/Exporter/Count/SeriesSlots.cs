using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// Which key has which slot. Slots 0 and 1 are the remainder's. A slot that was taken away waits until no worker adds to it any more, so there are
/// some more slots than keys. Callers hold the family's lock; rows are read without it.
/// </summary>
/// <param name="maximum">Maximum keys with a slot; <see cref="int.MaxValue"/> for none.</param>
internal sealed class SeriesSlots(int maximum)
{
    /// <summary>Slots of the remainder, and the first one for a key.</summary>
    public const int Others = FamilyReading.OtherSlot, Former = FamilyReading.FormerSlot, First = 2;

    private readonly Dictionary<ulong, int> slots = [];
    private readonly Stack<int> free = [];
    private volatile FamilyRow?[] rows = new FamilyRow?[64];
    private ulong[] keys = new ulong[64];
    private volatile int used = First;

    /// <summary>Keys with a slot.</summary>
    public int Count => slots.Count;

    /// <summary>Keys that can still get a slot.</summary>
    public int Room => maximum - slots.Count;

    /// <summary>How often a key got or lost a slot.</summary>
    public long Changes { get; private set; }

    /// <summary>Slots that were ever in use; the sums of all others are zero.</summary>
    public int Used => used;

    public IReadOnlyDictionary<ulong, int> Keys => slots;

    /// <summary>Slots for so many keys, and for those that wait.</summary>
    public static int Capacity(int maximum) => maximum == int.MaxValue ? 64 : First + maximum + Spare(maximum);

    /// <summary>Slots that can wait at the same time.</summary>
    public static int Spare(int maximum) => Math.Max(16, maximum / 8);

    /// <summary>The row of a slot; null if no key has it.</summary>
    public FamilyRow? Row(int slot) => rows[slot];

    public ulong Key(int slot) => keys[slot];

    public bool TryFind(ulong key, out int slot) => slots.TryGetValue(key, out slot);

    /// <summary>Sets a row of the remainder.</summary>
    public void SetRemainder(int slot, FamilyRow row) => rows[slot] = row;

    /// <summary>Gives a key a slot.</summary>
    public int Take(ulong key, FamilyRow row)
    {
        if (!free.TryPop(out int slot))
        {
            slot = used;
            if (slot == rows.Length) Grow();
        }
        keys[slot] = key;
        rows[slot] = row;
        Changes++;
        if (slot == used) used = slot + 1;
        slots.Add(key, slot);
        return slot;
    }

    /// <summary>Takes the slot of a key away. It waits until <see cref="Free"/>.</summary>
    public void Release(int slot)
    {
        slots.Remove(keys[slot]);
        rows[slot] = null;
        Changes++;
    }

    /// <summary>The slot can be given to another key.</summary>
    public void Free(int slot) => free.Push(slot);

    private void Grow()
    {
        FamilyRow?[] grown = new FamilyRow?[rows.Length * 2];
        Array.Copy(rows, grown, rows.Length);
        rows = grown;
        Array.Resize(ref keys, grown.Length);
    }
}
