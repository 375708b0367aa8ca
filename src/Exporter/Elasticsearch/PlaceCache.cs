using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Locations of outside addresses: there are few addresses and many records. At the limit, and when other databases are loaded, all is forgotten and
/// begins again.
/// </summary>
internal sealed class PlaceCache(IGeoIp places)
{
    private const int Limit = 16_384;

    private readonly Dictionary<Address, Place?> known = [];
    private int generation = -1;

    public Place? Of(Address address)
    {
        if (generation != places.Generation || known.Count >= Limit)
        {
            known.Clear();
            generation = places.Generation;
        }
        if (known.TryGetValue(address, out Place? place)) return place;
        place = places.Find(address);
        known.Add(address, place);
        return place;
    }
}
