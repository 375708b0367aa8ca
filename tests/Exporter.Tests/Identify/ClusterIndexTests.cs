using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>A book that followed any number of changes says the same as one made of the final objects in one go.</summary>
public sealed class ClusterIndexTests
{
    /// <summary>Former owners are remembered nowhere here: a book made in one go has none.</summary>
    private static readonly KubernetesOptions Forgetful = new() { RememberAddresses = 0 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void After_changes_in_any_order_the_book_is_the_one_of_the_final_objects(int seed)
    {
        Random random = new(seed);
        Registries names = new();
        ClusterIndex followed = new(names, new IdentifyOptions(), Forgetful, TimeProvider.System);
        Dictionary<(string, ObjectKey), ObjectResource> present = [];
        for (int round = 0; round < 150; round++)
        {
            for (int change = random.Next(1, 20); change > 0; change--)
            {
                ObjectResource facts = RandomObjects.Next(random);
                string kind = RandomObjects.KindOf(facts);
                if (random.Next(4) == 0)
                {
                    followed.Remove(kind, facts.Key);
                    present.Remove((kind, facts.Key));
                    continue;
                }
                followed.Put(facts);
                present[(kind, facts.Key)] = facts;
            }
            AddressBook book = followed.Publish();
            if (round % 10 == 9) AssertSame(Fresh(present, names), book, names);
        }
    }

    [Fact]
    public void A_list_of_all_objects_of_a_kind_removes_those_that_it_does_not_hold()
    {
        Random random = new(7);
        Registries names = new();
        ClusterIndex followed = new(names, new IdentifyOptions(), Forgetful, TimeProvider.System);
        Dictionary<(string, ObjectKey), ObjectResource> present = [];
        for (int round = 0; round < 20; round++)
        {
            present.Clear();
            for (int count = 0; count < 150; count++)
            {
                ObjectResource facts = RandomObjects.Next(random);
                present[(RandomObjects.KindOf(facts), facts.Key)] = facts;
            }
            foreach (string kind in RandomObjects.Kinds) followed.Replace(kind, [.. present.Where(pair => pair.Key.Item1 == kind).Select(pair => pair.Value)]);
            AssertSame(Fresh(present, names), followed.Publish(), names);
        }
    }

    [Fact]
    public void A_book_in_use_does_not_change_under_its_reader()
    {
        Registries names = new();
        ClusterIndex index = Cluster.Index(names);
        AddressBook before = index.Publish();
        Address address = Cluster.Address("10.128.0.5");
        int owner = before.Find(address);
        index.Remove("Pod", new ObjectKey("shop", "web-5d9-x"));
        index.Put(new PodResource(new ObjectKey("shop", "next")) { Live = true, Addresses = new([new PodAddress(address)]) });
        AddressBook after = index.Publish();
        Assert.Equal(owner, before.Find(address));
        Assert.Equal("next", names.Endpoints[after.Find(address)].Name);
    }

    private static AddressBook Fresh(Dictionary<(string, ObjectKey), ObjectResource> present, Registries names)
    {
        ClusterIndex fresh = new(names, new IdentifyOptions(), Forgetful, TimeProvider.System);
        foreach (ObjectResource facts in present.Values) fresh.Put(facts);
        return fresh.Publish();
    }

    private static void AssertSame(AddressBook expected, AddressBook actual, Registries names)
    {
        Assert.Equal(expected.Facts, actual.Facts);
        foreach (Address address in RandomObjects.Addresses)
        {
            int endpoint = expected.Find(address);
            Assert.Equal(names.Endpoints[endpoint], names.Endpoints[actual.Find(address)]);
            foreach (ushort port in RandomObjects.Ports) AssertSamePort(expected, actual, endpoint, port);
        }
        foreach (ushort port in RandomObjects.Ports) AssertSamePort(expected, actual, AddressBook.AnyNode, port);
    }

    private static void AssertSamePort(AddressBook expected, AddressBook actual, int endpoint, ushort port)
    {
        bool isKnown = expected.TryFindPort(endpoint, 6, port, out int service);
        Assert.Equal(isKnown, actual.TryFindPort(endpoint, 6, port, out int found));
        if (!isKnown) return;
        if (service >= 0) Assert.Equal(service, found);
        else Assert.Equal(expected.Shared(service).ToArray(), actual.Shared(found).ToArray());
    }
}
