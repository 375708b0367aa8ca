using System.Globalization;

namespace SFlow.Decoder.Tests;

/// <summary>
/// Runs that are short in CI: <c>SFLOW_MUTATIONS</c> sets the number of mutated datagrams, <c>SFLOW_LONG=1</c> tries every value at every
/// byte and makes a thousand times as many random datagrams, <c>SFLOW_SEED</c> repeats what a seed that a test printed began.
/// </summary>
internal static class LongRun
{
    private const long MutationsInCI = 1_000_000;

    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("SFLOW_LONG") == "1";

    public static long Mutations { get; } = Read("SFLOW_MUTATIONS") ?? MutationsInCI;

    /// <summary>How many random cases to make, where CI makes so many.</summary>
    public static int Draws(int inCI) => IsWanted ? 1_000 * inCI : inCI;

    public static int Seed => (int)(Read("SFLOW_SEED") ?? Random.Shared.Next());

    private static long? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
