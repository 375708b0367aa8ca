using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

public sealed class EstimateErrorTests
{
    [Theory]
    [InlineData(0.0, "± 0 %")]
    [InlineData(0.12, "± 12 %")]
    [InlineData(0.1201, "± 13 %")]
    [InlineData(0.0501, "± 5.1 %")]
    [InlineData(0.05, "± 5 %")]
    [InlineData(0.000_04, "± 0.004 %")]
    [InlineData(0.999, "± 100 %")]
    [InlineData(6.1, "± 610 %")]
    [InlineData(12.34, "± 1,300 %")]
    [InlineData(null, "too few")]
    public void It_is_told_in_two_figures_and_never_as_less_than_it_is(double? share, string text) => Assert.Equal(text, new EstimateError(share).ToString());

    [Theory]
    [InlineData(0, 0, "too few")]
    [InlineData(1, 0, "± 0 %")]
    [InlineData(29, 1, "too few")]
    [InlineData(30, 1, "± 43 %")]
    [InlineData(1_000, 1, "± 6.4 %")]
    [InlineData(100_000, 1, "± 0.63 %")]
    public void Samples_of_one_length_have_the_error_of_their_number_and_below_30_none(int samples, int uncertain, string text)
    {
        // One in 400, 1,000 bytes each: the relative standard error is that of a number of draws, sqrt(399 / 400 / n).
        FlowTotals totals = new((ulong)samples * 400_000, (ulong)samples * 400, (ulong)samples, uncertain * samples * 400.0 * 399 * 1e6, uncertain * samples * 400.0 * 399);
        Assert.Equal(text, totals.BytesError.ToString());
        Assert.Equal(text, totals.PacketsError.ToString());
    }
}
