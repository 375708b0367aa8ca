namespace SFlow.Exporter.Identify;

/// <summary>The current address book. Replaced as a whole, by one thread at a time; read by workers once per batch.</summary>
internal sealed class AddressBookHolder(AddressBook first)
{
    private volatile AddressBook current = first;

    private Action? replaced;

    public AddressBook Current
    {
        get => current;
        set
        {
            current = value;
            replaced?.Invoke();
        }
    }

    /// <summary>From now on, calls <paramref name="changed"/> after each new book.</summary>
    public void Watch(Action changed) => replaced += changed;
}
