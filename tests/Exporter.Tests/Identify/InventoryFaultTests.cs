using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>Inventories as other tools and careless hands make them: read, or refused with a sentence; never a crash, never silently empty.</summary>
public sealed class InventoryFaultTests
{
    private const string Pods = """{"kind":"PodList","items":[{"metadata":{"name":"elm-0","namespace":"park"},"spec":{"nodeName":"n","containers":[{"ports":[{"containerPort":70}]}]},"status":{"podIPs":[{"ip":"10.9.0.4"}]}},{"metadata":{"name":"elm-1","namespace":"park"},"spec":{},"status":{"podIP":"10.9.0.5"}}]}""";
    private const string Nodes = """{"kind":"NodeList","items":[{"metadata":{"name":"n"},"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.44"}]}}]}""";

    [Fact]
    public void Items_take_the_kind_of_their_list() => Assert.Equal(2, Load(Encoding.UTF8.GetBytes(Pods)).Facts.Pods);

    [Theory]
    [InlineData("utf-8"), InlineData("utf-16"), InlineData("utf-16BE"), InlineData("utf-32"), InlineData("utf-32BE")]
    public void A_mark_says_the_encoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        Assert.Equal(2, Load([.. encoding.GetPreamble(), .. encoding.GetBytes(Pods)]).Facts.Pods);
    }

    [Theory]
    [InlineData(""), InlineData("\n"), InlineData("\r\n\r\n")]
    public void Several_lists_may_follow_each_other(string between)
    {
        AddressBookStats facts = Load(Encoding.UTF8.GetBytes(Pods + between + Nodes)).Facts;
        Assert.Equal((2, 1), (facts.Pods, facts.Nodes));
    }

    [Theory]
    [InlineData("""{"kind":"List","items":[{"kind":"ConfigMap","metadata":{"name":"x"}}]}""", "1 ConfigMap")]
    [InlineData("""{"kind":"List","items":[{"metadata":{"name":"x"}}]}""", "it has no kind")]
    [InlineData("""{"kind":"List","items":[null,7,"x"]}""", "null in place of an object")]
    [InlineData("""{"kind":"Pod","metadata":{"name":"x"}}""", "no v1 List")]
    [InlineData("""{"kind":"List","items":null}""", "no v1 List")]
    [InlineData("apiVersion: v1\nitems:\n- kind: Pod\n", "looks like YAML")]
    [InlineData("---\nkind: List\n", "looks like YAML")]
    [InlineData("", "is empty")]
    public void What_would_name_no_address_is_refused(string json, string said)
    {
        InventoryException fault = Assert.Throws<InventoryException>(() => Load(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl get nodes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_entries_are_skipped_and_counted_and_the_others_are_used()
    {
        JsonNode root = JsonNode.Parse(Pods)!;
        JsonArray items = root["items"]!.AsArray();
        items.Insert(0, null);
        items.Add(JsonNode.Parse("""{"metadata":{"name":7}}"""));
        items[1]!["status"]!["podIPs"]!.AsArray().Add(null);
        items[2]!["status"]!["podIP"] = "10.9.0.300";
        AddressBookStats facts = Load(Encoding.UTF8.GetBytes(root.ToJsonString())).Facts;
        Assert.Equal((2, 1, 4), (facts.Pods, facts.Addresses, facts.SkippedEntries));
    }

    [Fact]
    public void Every_value_of_an_inventory_may_be_another_one()
    {
        string text = File.ReadAllText(Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-udn.inventory.json"));
        List<string> wrong = [];
        int tried = 0, places = Places(JsonNode.Parse(text)!).Count();
        foreach (string other in (string[])["null", "7", "\"x\"", "[null]", "{\"a\":null}"])
        {
            for (int place = 0; place < places; place++, tried++)
            {
                JsonNode root = JsonNode.Parse(text)!;
                (JsonNode parent, object key) = Places(root).ElementAt(place);
                if (key is string name) parent[name] = JsonNode.Parse(other); else parent[(int)key] = JsonNode.Parse(other);
                try
                {
                    Load(Encoding.UTF8.GetBytes(root.ToJsonString()));
                }
                catch (Exception fault) when (fault is not InventoryException)
                {
                    wrong.Add($"{parent.GetPath()}/{key} = {other}: {fault.GetType().Name}");
                }
                catch (InventoryException)
                {
                    // Refused with a sentence, which is right as well.
                }
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} inventories");
        Assert.True(tried > 1_000, $"{tried}");
        Assert.Empty(wrong);
    }

    private static AddressBook Load(byte[] json) =>
        AddressBookSource.From(() => new MemoryStream(json), "made").Load(new Registries(), new IdentifyOptions(), TimeProvider.System);

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        List<object> keys = node switch
        {
            JsonObject map => [.. map.Select(pair => (object)pair.Key)],
            JsonArray list => [.. Enumerable.Range(0, list.Count).Cast<object>()],
            _ => [],
        };
        foreach (object key in keys)
        {
            yield return (node, key);
            JsonNode? child = key is string name ? node[name] : node[(int)key];
            foreach ((JsonNode, object) deeper in child is null ? [] : Places(child)) yield return deeper;
        }
    }
}
