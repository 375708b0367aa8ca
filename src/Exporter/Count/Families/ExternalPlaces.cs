using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// Autonomous system and country of outside addresses, for one worker. A look-up in the databases takes microseconds, so answers are cached, and
/// a flood of new addresses gets few look-ups: the others have no place.
/// </summary>
internal sealed class ExternalPlaces(LabelRegistry names, IGeoIp databases)
{
    /// <summary>Addresses that are remembered; two that share a slot replace each other.</summary>
    private const int Slots = 8_192;

    /// <summary>One look-up in so many questions, once the allowance is used up.</summary>
    private const int Questions = 64, Allowance = 256;

    private readonly (Address Address, int Place)[] known = new (Address, int)[Slots];
    private int generation = -1, allowance = Allowance, questions;

    /// <summary>The id of the place; 0 for none.</summary>
    public int Of(in Address address)
    {
        if (++questions % Questions == 0) allowance = Math.Min(Allowance, allowance + 1);
        if (generation != databases.Generation) Forget();
        ulong mixed = (address.High ^ address.Low) * 0x9E37_79B9_7F4A_7C15;
        ref (Address Address, int Place) slot = ref known[mixed >> 51];
        if (slot.Address == address) return slot.Place;
        if (allowance == 0) return 0;
        allowance--;
        slot = (address, Find(address));
        return slot.Place;
    }

    /// <summary>Number and country of a place's name; empty for what is not known.</summary>
    public static (string System, string Country) Parse(string name)
    {
        int space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? ("", "") : (name[..space], name[(space + 1)..]);
    }

    private int Find(Address address)
    {
        Place? place = databases.Find(address);
        if (place is null || place.AsNumber is null && string.IsNullOrEmpty(place.CountryCode)) return 0;
        return names.Intern(string.Create(CultureInfo.InvariantCulture, $"{place.AsNumber} {place.CountryCode}"));
    }

    private void Forget()
    {
        generation = databases.Generation;
        Array.Clear(known);
    }
}
