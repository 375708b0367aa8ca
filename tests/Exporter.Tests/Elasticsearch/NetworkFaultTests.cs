using System.Security.Authentication;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class NetworkFaultTests
{
    [Fact]
    public void The_inner_reason_takes_the_place_of_the_pointer_to_it() => Assert.Equal(
        "The SSL connection could not be established: The certificate has expired",
        NetworkFault.Describe(new HttpRequestException("The SSL connection could not be established, see inner exception.", new AuthenticationException("The certificate has expired"))));

    [Fact]
    public void A_reason_that_is_said_already_or_says_nothing_is_left_out() => Assert.Equal(
        "Cut by the peer (10.0.0.1:9200)",
        NetworkFault.Describe(new HttpRequestException("An error occurred while sending the request.", new IOException("Cut by the peer (10.0.0.1:9200)", new IOException("Cut by the peer")))));
}
