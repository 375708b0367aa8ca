using System.Runtime.InteropServices;
using SFlow.Exporter.Identify.Facts;

namespace SFlow.Exporter.Identify.Index;

/// <summary>The objects of one kind and what they claim.</summary>
internal interface IKindIndex
{
    int Count { get; }
    /// <summary>Texts where an address should stand and none did.</summary>
    int Bad { get; }
    IEnumerable<ObjectFacts> All { get; }
    void Put(ObjectFacts facts);
    void Remove(ObjectKey key);
}

/// <typeparam name="TFacts">What is read off an object.</typeparam>
/// <typeparam name="TPlace">What must be remembered to take its claims back.</typeparam>
internal abstract class KindIndex<TFacts, TPlace> : IKindIndex
    where TFacts : ObjectFacts
{
    private readonly Dictionary<ObjectKey, (TFacts Facts, TPlace Place)> objects = [];

    public int Count => objects.Count;
    public int Bad { get; private set; }
    public IEnumerable<ObjectFacts> All => objects.Values.Select(entry => entry.Facts);

    public TFacts? Find(ObjectKey key) => objects.TryGetValue(key, out (TFacts Facts, TPlace) entry) ? entry.Facts : null;

    /// <summary>Takes an object, new or changed; most updates of an object change nothing that counts here.</summary>
    public void Put(ObjectFacts facts)
    {
        ref (TFacts Facts, TPlace Place) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(objects, facts.Key, out bool known);
        TFacts next = (TFacts)facts;
        if (known && entry.Facts.Equals(next)) return;
        (TFacts? before, TPlace? place) = known ? entry : default;
        entry = (next, Claim(next));
        if (before is not null) Release(before, place!, next);
        Bad += next.Bad - (before?.Bad ?? 0);
        Changed(before, next);
    }

    public void Remove(ObjectKey key)
    {
        if (!objects.Remove(key, out (TFacts Facts, TPlace Place) entry)) return;
        Release(entry.Facts, entry.Place, null);
        Bad -= entry.Facts.Bad;
        Changed(entry.Facts, null);
    }

    /// <summary>Makes the object's claims.</summary>
    protected abstract TPlace Claim(TFacts facts);

    /// <summary>Takes the object's claims back; those of its successor stand already.</summary>
    protected abstract void Release(TFacts facts, TPlace place, TFacts? successor);

    /// <summary>Tells those whose claims depend on this object.</summary>
    protected virtual void Changed(TFacts? before, TFacts? after)
    {
    }

    /// <summary>Makes the claims of some objects anew, because something else that they depend on has changed.</summary>
    protected void Renew(Func<TFacts, TPlace, bool> which)
    {
        foreach (ObjectKey key in objects.Where(pair => which(pair.Value.Facts, pair.Value.Place)).Select(pair => pair.Key).ToArray())
        {
            ref (TFacts Facts, TPlace Place) entry = ref CollectionsMarshal.GetValueRefOrNullRef(objects, key);
            TPlace place = entry.Place;
            entry.Place = Claim(entry.Facts);
            Release(entry.Facts, place, entry.Facts);
        }
    }
}
