using System.Text.Json;
using SFlow.Exporter.Policy;

namespace SFlow.Exporter.Tests.Policy;

public sealed class ObjectTextTests
{
    [Fact]
    public void Members_of_the_wrong_type_are_left_out_and_the_last_of_two_equal_names_counts()
    {
        using JsonDocument pod = JsonDocument.Parse("""{"labels":{"app":"web","tier":null,"app":"shop","size":3},"list":null}""");
        Assert.Equal([new KeyValuePair<string, string>("app", "shop")], pod.RootElement.Pairs("labels"));
        Assert.Empty(pod.RootElement.Pairs("list"));
        Assert.Empty(pod.RootElement.List("labels"));
        Assert.Equal(("", 0), (pod.RootElement.Text("labels", "tier"), pod.RootElement.Number("labels", "app")));
    }
}
