namespace SFlow.Exporter.Demo;

/// <summary>The capture that the program carries with it: real datagrams of two OVN nodes and the inventory of their cluster (<c>lab/</c> records it).</summary>
internal static class DemoCapture
{
    /// <summary>Opens the capture: pcap, Ethernet, UDP to port 6343, the rates at its end as at its beginning, so that it can be played for ever.</summary>
    public static Stream OpenCapture() => Open("demo.pcap");

    /// <summary>Opens the inventory: a v1 List in JSON, as kubectl prints it.</summary>
    public static Stream OpenInventory() => Open("inventory.json");

    private static Stream Open(string file) =>
        typeof(DemoCapture).Assembly.GetManifestResourceStream(typeof(DemoCapture), file)
        ?? throw new InvalidOperationException($"the program was built without its demo's {file}");
}
