using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>The locality of a sample by what is known of its two ends; either end may be the sender.</summary>
public sealed class LocalityTests
{
    private readonly Registries names = new();

    [Theory]
    [InlineData("n1/a/eu", "n1/a/eu", "same_node")]
    [InlineData("n1//", "n1//", "same_node")]
    [InlineData("n1/a/eu", "n2/a/eu", "same_zone")]
    [InlineData("n1/a/", "n2/a/eu", "same_zone")]
    [InlineData("n1/a/eu", "n2/b/eu", "cross_zone")]
    [InlineData("n1/a/", "n2/b/", "cross_zone")]
    [InlineData("n1/a/eu", "n2/a/us", "cross_region")]
    [InlineData("n1/a/eu", "n2/b/us", "cross_region")]
    [InlineData("n1//eu", "n2//us", "cross_region")]
    [InlineData("n1//eu", "n2//eu", "unknown")]
    [InlineData("n1/a/eu", "n2//", "unknown")]
    [InlineData("n1/a/eu", "//", "unknown")]
    [InlineData("/a/eu", "/a/eu", "unknown")] // one address of pods on several nodes
    [InlineData("/a/eu", "/b/eu", "cross_zone")]
    [InlineData("n1/a/eu", "@internet", "internet")]
    [InlineData("n1/a/eu", "@office", "@office")]
    [InlineData("@office", "@internet", "internet")]
    [InlineData("n1/a/eu", "@private", "unknown")]
    [InlineData("n1/a/eu", "service", "unknown")]
    public void The_locality_follows_from_nodes_zones_regions_and_networks(string one, string other, string expected)
    {
        FlowEndpoint left = Endpoint(one), right = Endpoint(other);
        Assert.Equal([[left.Label, expected]], Localities(new Flow { SourceEndpoint = left.Id, DestinationEndpoint = right.Id }));
        Assert.Equal([[right.Label, expected]], Localities(new Flow { SourceEndpoint = right.Id, DestinationEndpoint = left.Id }));
    }

    [Fact]
    public void Of_two_networks_the_destination_names_the_locality() =>
        Assert.Equal([["@lab", "@office"]], Localities(new Flow { SourceEndpoint = Endpoint("@lab").Id, DestinationEndpoint = Endpoint("@office").Id }));

    [Fact]
    public void A_node_port_leads_to_any_node()
    {
        int pod = Endpoint("n1/a/eu").Id;
        Assert.Equal([["shop", "unknown"]], Localities(new Flow { SourceEndpoint = pod, DestinationEndpoint = pod, DestinationRole = PortRole.NodePort }));
        Assert.Equal([["shop", "unknown"]], Localities(new Flow { SourceEndpoint = pod, DestinationEndpoint = pod, SourceRole = PortRole.NodePort }));
    }

    [Fact]
    public void What_is_no_traffic_has_no_locality()
    {
        Family<LocalityFamily> family = new(names, FamilyLimits.None, 0);
        int pod = Endpoint("n1/a/eu").Id;
        new FamilySet(family).NewStage().Process([new Flow { SourceEndpoint = pod, DestinationEndpoint = pod, SamplingRate = 1 }]);
        Assert.Equal(1, family.Count);
    }

    /// <summary>Labels of the rows that the sample makes.</summary>
    private string[][] Localities(Flow sample)
    {
        Family<LocalityFamily> family = new(names, FamilyLimits.None, 0);
        sample.Counted = true;
        new FamilySet(family).NewStage().Process([sample]);
        return [.. family.Read().Rows().Skip(1).Select(row => row.Row.Values)];
    }

    /// <summary>A pod on NODE/ZONE/REGION, an outside network, or a Service.</summary>
    private FlowEndpoint Endpoint(string text)
    {
        if (text == "service") return names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Service, Label = "shop", Name = "api" });
        if (text[0] == '@')
        {
            EndpointKind kind = text switch { "@internet" => EndpointKind.Internet, "@private" => EndpointKind.Private, _ => EndpointKind.NamedNetwork };
            return names.Endpoints.Intern(new FlowEndpoint { Kind = kind, Label = text });
        }
        string?[] parts = [.. text.Split('/').Select(part => part.Length == 0 ? null : part)];
        return names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "shop", Name = text, NodeName = parts[0], Zone = parts[1], Region = parts[2] });
    }
}
