namespace SFlow.Exporter.Identify;

/// <summary>The book in force; replaced whole, read by workers once a batch.</summary>
internal sealed class AddressBookHolder(AddressBook first)
{
    private volatile AddressBook current = first;

    public AddressBook Current
    {
        get => current;
        set => current = value;
    }
}
