namespace SFlow.Exporter.Identify;

/// <summary>The current address book. Replaced as a whole, read by workers once per batch.</summary>
internal sealed class AddressBookHolder(AddressBook first)
{
    private volatile AddressBook current = first;

    public AddressBook Current
    {
        get => current;
        set => current = value;
    }
}
