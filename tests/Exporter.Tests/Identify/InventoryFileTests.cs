using SFlow.Exporter.Identify;

namespace SFlow.Exporter.Tests.Identify;

public sealed class InventoryFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\"kind\":\"List\",\n\"items\":[{\"kind\":7}]}", "entry 1 of List")]
    [InlineData("{\"kind\":\"Pod\",\"metadata\":{}}", "kind is Pod")]
    [InlineData("[]", "line 1")]
    [InlineData("{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"x\"", "line 1")]
    public void A_broken_inventory_names_file_place_and_the_right_command(string text, string place)
    {
        File.WriteAllText(path, text);
        InventoryException fault = Assert.Throws<InventoryException>(() => InventoryFile.Read(path));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl get nodes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_inventory_says_so() =>
        Assert.Contains("can't be read", Assert.Throws<InventoryException>(() => InventoryFile.Read(path + ".none")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_v1_List_is_read()
    {
        File.WriteAllText(path, Cluster.Json);
        Assert.Equal(Cluster.Objects.Count, InventoryFile.Read(path).Objects.Count);
    }

    public void Dispose() => File.Delete(path);
}
