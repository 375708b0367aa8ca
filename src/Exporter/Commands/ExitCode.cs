namespace SFlow.Exporter.Commands;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    /// <summary>It started and then failed: a port in use, a store that can't be opened.</summary>
    public const int Failed = 1;
    /// <summary>The command line or the configuration is wrong; nothing was started.</summary>
    public const int Usage = 2;
    /// <summary>A capture or an inventory can't be read.</summary>
    public const int BadInput = 3;
}
