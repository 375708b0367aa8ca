namespace SFlow.Exporter.Pipeline;

/// <summary>State that changes with time alone, such as what has been missing for too long. The program keeps it every second, so reads change nothing.</summary>
internal interface IUpkeep
{
    /// <summary>Brings the state up to date. One caller at a time.</summary>
    /// <param name="now">Nanoseconds of the steady clock.</param>
    void Keep(long now);
}
