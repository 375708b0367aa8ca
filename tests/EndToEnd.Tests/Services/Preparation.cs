namespace SFlow.EndToEnd.Tests.Services;

/// <summary>What several tests share. If something is absent that it needs, each of the tests is skipped with the reason; a fixture itself can't be skipped.</summary>
internal static class Preparation
{
    /// <summary>How xunit.v3 marks the reason in a skip's message.</summary>
    private const string Mark = "$XunitDynamicSkip$";

    /// <returns>The reason to skip the tests; null if all is there.</returns>
    public static async Task<string?> TryAsync(Func<Task> prepare)
    {
        try
        {
            await prepare();
            return null;
        }
        catch (Exception skip) when (skip.Message.StartsWith(Mark, StringComparison.Ordinal))
        {
            return skip.Message[Mark.Length..];
        }
    }

    /// <summary>The value, or a skip of the calling test.</summary>
    public static T Or<T>(string? lack, T value)
    {
        if (lack is not null) Assert.Skip(lack);
        return value;
    }
}
