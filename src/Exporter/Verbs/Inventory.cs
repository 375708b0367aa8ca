using SFlow.Exporter.Identify;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Verbs;

/// <summary>The book that the configuration asks for: of the inventory file, or of networks only.</summary>
internal static class Inventory
{
    /// <exception cref="BadInputException">The inventory can't be used.</exception>
    public static AddressBook Load(IdentifyOptions options, Names names)
    {
        try
        {
            IReadOnlyList<KubernetesObject> objects = options.Inventory.Length > 0 ? InventoryFile.Read(options.Inventory) : [];
            return AddressBookBuilder.Build(objects, names, options, TimeProvider.System);
        }
        catch (InventoryException fault)
        {
            throw new BadInputException(fault.Message);
        }
    }
}
