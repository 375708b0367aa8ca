namespace SFlow.Exporter.Elasticsearch.DeadLetters;

/// <summary>Log messages of the dead letters: event ids 4201 to 4299.</summary>
internal static partial class DeadLetterLog
{
    [LoggerMessage(4201, LogLevel.Warning, "The dead letters in {Folder} have reached their limit of {Limit}: the {Letters} oldest are deleted. Raise --elasticsearch-dead-letters-bytes to keep more.")]
    public static partial void LettersDropped(this ILogger logger, string folder, string limit, long letters);

    [LoggerMessage(4202, LogLevel.Error, "{Letters} rejected documents can't be kept in {Folder}: {Error}")]
    public static partial void LettersNotWritten(this ILogger logger, string folder, string error, int letters);
}
