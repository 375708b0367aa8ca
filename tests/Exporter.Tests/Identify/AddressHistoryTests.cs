using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>An address keeps its last owner until it has another one or is forgotten; who had it when is known.</summary>
public sealed class AddressHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Start);
    private readonly Registries names = new();
    private readonly Address address = Cluster.Address("10.128.0.9");

    [Fact]
    public void A_late_sample_of_a_deleted_pod_finds_the_pod()
    {
        ClusterIndex index = Index(new KubernetesOptions());
        index.Put(Pod("first", Start));
        int owner = index.Publish().Find(address);
        index.Remove("Pod", new ObjectKey("shop", "first"));
        Assert.Equal(owner, index.Publish().Find(address));
    }

    [Fact]
    public void A_finished_pod_leaves_its_address_to_the_next_one()
    {
        ClusterIndex index = Index(new KubernetesOptions());
        index.Put(Pod("first", Start));
        index.Publish();
        index.Put(Pod("first", Start) with { Live = false });
        Assert.Equal("first", Name(index));
        index.Put(Pod("second", Start.AddMinutes(5)));
        Assert.Equal("second", Name(index));
        index.Remove("Pod", new ObjectKey("shop", "first"));
        Assert.Equal("second", Name(index));
    }

    [Fact]
    public void Of_two_former_owners_the_last_one_keeps_the_address()
    {
        ClusterIndex index = Index(new KubernetesOptions());
        foreach (string pod in (string[])["z-first", "a-second", "m-third"])
        {
            index.Put(Pod(pod, time.GetUtcNow()));
            index.Publish();
            time.Advance(TimeSpan.FromMinutes(1));
            index.Remove("Pod", new ObjectKey("shop", pod));
            Assert.Equal(pod, Name(index));
        }
    }

    [Fact]
    public void A_former_owner_is_forgotten_after_the_age_and_the_oldest_beyond_the_count()
    {
        ClusterIndex index = Index(new KubernetesOptions { RememberAge = TimeSpan.FromMinutes(10), RememberAddresses = 3 });
        index.Put(Pod("only", Start));
        index.Publish();
        index.Remove("Pod", new ObjectKey("shop", "only"));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("only", Name(index));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("@private", names.Endpoints[index.Publish().Find(address)].Label);
        Assert.Equal(0, index.Former);

        for (int pod = 0; pod < 10; pod++)
        {
            index.Put(Pod($"many-{pod}", Start) with { Addresses = new([new PodAddress(Cluster.Address($"10.128.1.{pod}"))]) });
            index.Remove("Pod", new ObjectKey("shop", $"many-{pod}"));
        }
        AddressBook book = index.Publish();
        Assert.Equal(3, index.Former);
        Assert.Equal(["@private", "shop"], new[] { 6, 7 }.Select(pod => names.Endpoints[book.Find(Cluster.Address($"10.128.1.{pod}"))].Label));
    }

    [Fact]
    public void Who_had_the_address_is_answered_by_time()
    {
        ClusterIndex index = Index(new KubernetesOptions());
        index.Put(Pod("first", Start));
        index.Publish();
        time.Advance(TimeSpan.FromMinutes(31));
        index.Remove("Pod", new ObjectKey("shop", "first"));
        time.Advance(TimeSpan.FromMinutes(4));
        index.Put(Pod("second", time.GetUtcNow()));
        index.Publish();
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("pod shop/first", At(index, 10, 30));
        Assert.StartsWith("no known owner at that time; pod shop/second has it since", At(index, 10, 33), StringComparison.Ordinal);
        Assert.Equal("pod shop/second", At(index, 10, 35));
        Assert.Equal("pod shop/second", index.Explain(address, null).What);
        Assert.Equal(["pod shop/first", "pod shop/second"], index.Explain(address, null).Owners.Select(owner => owner.What));
        Assert.Equal(Start.AddMinutes(31), index.Explain(address, null).Owners[0].Until);
    }

    private ClusterIndex Index(KubernetesOptions options) => new(names, new IdentifyOptions(), options, time);

    private PodResource Pod(string name, DateTimeOffset created) =>
        new(new ObjectKey("shop", name)) { Live = true, Addresses = new([new PodAddress(address)]), Created = created.ToUnixTimeSeconds() };

    private string? Name(ClusterIndex index) => names.Endpoints[index.Publish().Find(address)].Name;

    private string At(ClusterIndex index, int hour, int minute) => index.Explain(address, new DateTimeOffset(2026, 11, 24, hour, minute, 0, TimeSpan.Zero)).What;
}
