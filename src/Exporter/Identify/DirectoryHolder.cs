namespace SFlow.Exporter.Identify;

/// <summary>The directory in force; replaced whole, read by workers once a batch.</summary>
internal sealed class DirectoryHolder(Directory first)
{
    private volatile Directory current = first;

    public Directory Current
    {
        get => current;
        set => current = value;
    }
}
