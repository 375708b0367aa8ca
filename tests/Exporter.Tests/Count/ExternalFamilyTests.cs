using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>Traffic with outside networks: direction, network, and with databases the autonomous system and the country.</summary>
public sealed class ExternalFamilyTests
{
    private readonly Registries names = new();

    [Fact]
    public void Each_direction_of_each_network_is_a_series_and_traffic_within_or_outside_is_none()
    {
        Family<ExternalFamily> family = new(names, FamilyLimits.None, 0);
        int pod = Endpoint(EndpointKind.Pod, "shop"), internet = Endpoint(EndpointKind.Internet, "@internet"), office = Endpoint(EndpointKind.NamedNetwork, "@office");
        CountStage worker = new FamilySet(family).NewStage();
        foreach ((int from, int to, uint bytes) in new[] { (pod, internet, 100u), (internet, pod, 900u), (pod, office, 30u), (pod, pod, 7u), (office, internet, 5u) })
            worker.Process([new Flow { Counted = true, SourceEndpoint = from, DestinationEndpoint = to, FrameLength = bytes, SamplingRate = 1 }]);
        Assert.Equal(["shop egress @internet   100", "shop ingress @internet   900", "shop egress @office   30"], Rows(family));
    }

    [Fact]
    public void Databases_add_system_and_country_and_a_reload_is_noticed()
    {
        FakeDatabases databases = new();
        Family<ExternalFamily> family = new(names, FamilyLimits.None, 0, databases);
        CountStage worker = new FamilySet(family).NewStage();
        Send(worker, 0xC633_6401);
        Send(worker, 0xC633_6402);
        Send(worker, 0xC633_6401);
        databases.Reload("JP");
        Send(worker, 0xC633_6401);
        Assert.Equal(["shop egress @internet 64501 DE 200", "shop egress @internet 64502 DE 100", "shop egress @internet 64501 JP 100"], Rows(family));
    }

    [Fact]
    public void A_flood_of_new_addresses_gets_few_look_ups()
    {
        FakeDatabases databases = new();
        Family<ExternalFamily> family = new(names, FamilyLimits.None, 0, databases);
        CountStage worker = new FamilySet(family).NewStage();
        for (uint address = 0; address < 100_000; address++) Send(worker, 0x0800_0000 + (address * 7));
        Assert.InRange(databases.LookUps, 256, 256 + (100_000 / 64) + 1);
        Assert.Equal((UInt128)10_000_000, family.Read().Total.Bytes);
    }

    private void Send(CountStage worker, uint destination) => worker.Process(
    [
        new Flow
        {
            Counted = true,
            SourceEndpoint = Endpoint(EndpointKind.Pod, "shop"),
            DestinationEndpoint = Endpoint(EndpointKind.Internet, "@internet"),
            Destination = Address.FromIPv4(destination),
            FrameLength = 100,
            SamplingRate = 1,
        },
    ]);

    private int Endpoint(EndpointKind kind, string label) => names.Endpoints.Intern(new FlowEndpoint { Kind = kind, Label = label }).Id;

    private static string[] Rows(Family family) => [.. family.Read().Rows().Where(row => !row.Row.IsRemainder).Select(row => $"{string.Join(' ', row.Row.Values)} {row.Sums.Bytes}")];

    private sealed class FakeDatabases : IGeoIp
    {
        private string country = "DE";

        public int Generation { get; private set; }

        public int LookUps { get; private set; }

        public Place? Find(Address address)
        {
            LookUps++;
            return new Place { AsNumber = 64_500 + (address.IPv4 & 3), CountryCode = country };
        }

        public void Reload(string nation)
        {
            country = nation;
            Generation++;
        }
    }
}
