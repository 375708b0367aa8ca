namespace SFlow.Exporter.Commands;

/// <summary>Somebody who reads our output had enough (<c>| head</c>): no error of ours.</summary>
internal static class ClosedPipe
{
    private const int BrokenPipe = 32;

    public static bool Is(IOException fault) => (fault.HResult & 0xFFFF) == BrokenPipe;
}
