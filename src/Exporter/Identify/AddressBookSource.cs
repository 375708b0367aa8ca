using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Source of the address book: a Kubernetes API, an inventory file that may change, an embedded one, or networks only.</summary>
internal sealed class AddressBookSource
{
    private readonly Func<Inventory> read;

    private AddressBookSource(Func<Inventory> read, StampedFile? file) => (this.read, File) = (read, file);

    /// <summary>The file to watch for changes, if any. Its stamp is taken before the first read.</summary>
    public StampedFile? File { get; }

    /// <summary>State of the inventory file.</summary>
    public InventoryFigures Figures { get; } = new();

    /// <summary>The first skipped entry of the last read, with the reason; null if there is none.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>The API to watch, if any. Nothing is known before it has listed all kinds.</summary>
    public Func<IKubernetesApi>? Api { get; private init; }

    public static AddressBookSource From(Settings settings) => KubernetesAccess.Find(settings.Kubernetes, settings.Identify) is { } api
        ? new AddressBookSource(() => Inventory.Empty, null) { Api = api }
        : From(settings.Identify);

    public static AddressBookSource From(IdentifyOptions options) => options.Inventory.Length > 0
        ? new AddressBookSource(() => InventoryFile.Read(options.Inventory), new StampedFile(options.Inventory))
        : new AddressBookSource(() => Inventory.Empty, null);

    public static AddressBookSource From(Func<Stream> open, string name) => new(() =>
    {
        using Stream stream = open();
        return InventoryFile.Read(stream, name);
    }, null);

    /// <summary>Reads the source into the index.</summary>
    /// <exception cref="InventoryException">The inventory is unusable.</exception>
    public AddressBook Load(ClusterIndex index)
    {
        Inventory inventory = read();
        index.Replace(inventory.Objects);
        AddressBook book = index.Publish(inventory.Skipped);
        FirstFault = inventory.FirstFault;
        Figures.Loaded(book.Facts.SkippedEntries);
        return book;
    }

    /// <summary>Builds the book once, without further updates.</summary>
    /// <exception cref="InventoryException">The inventory is unusable.</exception>
    public AddressBook Load(Registries names, IdentifyOptions options, TimeProvider time) => Load(new ClusterIndex(names, options, new KubernetesOptions(), time));
}
