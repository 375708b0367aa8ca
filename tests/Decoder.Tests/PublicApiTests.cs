using PublicApiGenerator;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>
/// What a user of the library sees is written down; a change of it is made on purpose: <c>SFLOW_APPROVE_API=1</c> writes the file anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Approved = Path.Combine(SharedFolder.Repository, "tests", "Decoder.Tests", "PublicApi.approved.txt");

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string actual = typeof(Datagram).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("SFLOW_APPROVE_API") == "1") File.WriteAllText(Approved, actual);
        Assert.Equal(File.ReadAllText(Approved), actual);
    }
}
