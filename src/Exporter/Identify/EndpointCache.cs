using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// One worker's memory of recent look-ups: direct-mapped, so bounded and without eviction work. It spares addresses outside the
/// cluster the walk over all prefix lengths.
/// </summary>
internal sealed class EndpointCache
{
    private const int Size = 1 << 13;

    private struct Line
    {
        public Address Address;
        public int Endpoint;
        public bool Used;
    }

    private readonly Line[] lines = new Line[Size];
    private AddressBook? book;

    public int Find(AddressBook current, Address address)
    {
        if (!ReferenceEquals(book, current))
        {
            Array.Clear(lines);
            book = current;
        }
        ulong mixed = (address.Low ^ address.High * 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
        ref Line line = ref lines[(int)(mixed >> 51) & (Size - 1)];
        if (!line.Used || line.Address != address)
        {
            line.Endpoint = current.Find(address);
            line.Address = address;
            line.Used = true;
        }
        return line.Endpoint;
    }
}
