using System.Runtime.InteropServices;
using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Index;

/// <summary>The objects of one kind and what they claim.</summary>
internal interface IKindIndex
{
    int Count { get; }
    /// <summary>Texts that should be addresses but are not.</summary>
    int Bad { get; }
    IEnumerable<ObjectResource> All { get; }
    void Put(ObjectResource facts);
    void Remove(ObjectKey key);
}

/// <typeparam name="TResource">The part of an object that is read.</typeparam>
/// <typeparam name="TPlace">State that is needed to remove its claims.</typeparam>
internal abstract class KindIndex<TResource, TPlace> : IKindIndex
    where TResource : ObjectResource
{
    private readonly Dictionary<ObjectKey, (TResource Facts, TPlace Place)> objects = [];

    public int Count => objects.Count;
    public int Bad { get; private set; }
    public IEnumerable<ObjectResource> All => objects.Values.Select(entry => entry.Facts);

    public TResource? Find(ObjectKey key) => objects.TryGetValue(key, out (TResource Facts, TPlace) entry) ? entry.Facts : null;

    /// <summary>Adds or updates an object. Most updates change nothing that is relevant here.</summary>
    public void Put(ObjectResource facts)
    {
        ref (TResource Facts, TPlace Place) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(objects, facts.Key, out bool known);
        TResource next = (TResource)facts;
        if (known && entry.Facts.Equals(next)) return;
        (TResource? before, TPlace? place) = known ? entry : default;
        entry = (next, Claim(next));
        if (before is not null) Release(before, place!, next);
        Bad += next.Bad - (before?.Bad ?? 0);
        Changed(before, next);
    }

    public void Remove(ObjectKey key)
    {
        if (!objects.Remove(key, out (TResource Facts, TPlace Place) entry)) return;
        Release(entry.Facts, entry.Place, null);
        Bad -= entry.Facts.Bad;
        Changed(entry.Facts, null);
    }

    /// <summary>Makes the object's claims.</summary>
    protected abstract TPlace Claim(TResource facts);

    /// <summary>Removes the claims of the object. The claims of its new version already exist.</summary>
    protected abstract void Release(TResource facts, TPlace place, TResource? successor);

    /// <summary>Notifies indexes whose claims depend on this object.</summary>
    protected virtual void Changed(TResource? before, TResource? after)
    {
    }

    /// <summary>Makes the claims of some objects again, because a dependency changed.</summary>
    protected void Renew(Func<TResource, TPlace, bool> which)
    {
        foreach (ObjectKey key in objects.Where(pair => which(pair.Value.Facts, pair.Value.Place)).Select(pair => pair.Key).ToArray())
        {
            ref (TResource Facts, TPlace Place) entry = ref CollectionsMarshal.GetValueRefOrNullRef(objects, key);
            TPlace place = entry.Place;
            entry.Place = Claim(entry.Facts);
            Release(entry.Facts, place, entry.Facts);
        }
    }
}
