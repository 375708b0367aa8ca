using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Where the address book comes from: a Kubernetes API, an inventory file that may change, an embedded one, or nothing but networks.</summary>
internal sealed class AddressBookSource
{
    private readonly Func<Inventory> read;

    private AddressBookSource(Func<Inventory> read, WatchedFile? file) => (this.read, File) = (read, file);

    /// <summary>The file to watch for changes, if there is one; looked at before it is read for the first time.</summary>
    public WatchedFile? File { get; }

    /// <summary>How reading the file went.</summary>
    public InventoryFigures Figures { get; } = new();

    /// <summary>The first entry that was passed over at the last reading, and why; null where none was.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>The API to follow, if there is one: then nothing is known before it has listed all.</summary>
    public Func<IKubernetesApi>? Api { get; private init; }

    public static AddressBookSource From(Settings settings) => KubernetesAccess.Find(settings.Kubernetes, settings.Identify) is { } api
        ? new AddressBookSource(() => Inventory.Empty, null) { Api = api }
        : From(settings.Identify);

    public static AddressBookSource From(IdentifyOptions options) => options.Inventory.Length > 0
        ? new AddressBookSource(() => InventoryFile.Read(options.Inventory), new WatchedFile(options.Inventory))
        : new AddressBookSource(() => Inventory.Empty, null);

    public static AddressBookSource From(Func<Stream> open, string name) => new(() =>
    {
        using Stream stream = open();
        return InventoryFile.Read(stream, name);
    }, null);

    /// <summary>Reads it and gives the index all of it.</summary>
    /// <exception cref="InventoryException">The inventory can't be used.</exception>
    public AddressBook Load(ClusterIndex index)
    {
        Inventory inventory = read();
        index.Replace(inventory.Objects);
        AddressBook book = index.Publish(inventory.Skipped);
        FirstFault = inventory.FirstFault;
        Figures.Loaded(book.Facts.SkippedEntries);
        return book;
    }

    /// <summary>The book for one reading, without anything that stays.</summary>
    /// <exception cref="InventoryException">The inventory can't be used.</exception>
    public AddressBook Load(Registries names, IdentifyOptions options, TimeProvider time) => Load(new ClusterIndex(names, options, new KubernetesOptions(), time));
}
