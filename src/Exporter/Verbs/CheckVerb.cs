using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Places;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Verbs;

/// <summary><c>check</c>: configuration was read already; reads the inventory too and says what stands in it.</summary>
internal static class CheckVerb
{
    public static int Run(Settings settings, TextWriter output)
    {
        AddressBook book = AddressBookSource.From(settings.Identify).Load(new Names(), settings.Identify, TimeProvider.System);
        AddressBookFacts facts = book.Facts;
        output.WriteLine("configuration: ok");
        using PlaceDatabases? places = PlaceDatabases.Open(settings.Identify);
        foreach (PlaceFigures database in places?.Figures ?? [])
            output.WriteLine($"places: {database.File}, built {DateTimeOffset.FromUnixTimeSeconds(database.Built):yyyy-MM-dd}");
        if (settings.Identify.Inventory.Length == 0)
        {
            output.WriteLine("inventory: none; addresses are named by their network only (set Identify:Inventory)");
            return ExitCode.Success;
        }
        output.WriteLine($"inventory: {facts.Nodes} nodes, {facts.Pods} pods, {facts.Services} services, {facts.Addresses} addresses");
        if (facts.AmbiguousAddresses > 0) output.WriteLine($"inventory: {facts.AmbiguousAddresses} addresses belong to several live pods and stay unnamed");
        if (facts.BadAddresses > 0) output.WriteLine($"inventory: {facts.BadAddresses} texts where an address should stand were passed over");
        return ExitCode.Success;
    }
}
