namespace SFlow.Compare;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Rounds of what is quick to measure.</param>
/// <param name="PacedRounds">Runs of a peer that takes its time whatever it costs.</param>
/// <param name="Captures">Flow samples of the captures that summarize reads.</param>
/// <param name="ResidentSamples">Flow samples of the capture over which the resident set is watched; about 218 bytes each.</param>
/// <param name="TrialSeconds">Length of one trial of a receiver.</param>
internal sealed record Plan(int Rounds, int PacedRounds, IReadOnlyList<long> Captures, long ResidentSamples, double TrialSeconds)
{
    /// <summary>Datagrams a second of the paced trials.</summary>
    public IReadOnlyList<int> Rates { get; } = [5_000, 20_000];

    public static Plan Full { get; } = new(5, 3, [1_000_000, 4_000_000], 5_000_000, 3);

    public static Plan Quick { get; } = new(3, 1, [1_000_000], 1_000_000, 1);
}
