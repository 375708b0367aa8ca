namespace SFlow.Exporter.Commands;

/// <summary>A file that was given can't be used; the message names it and says what would be right.</summary>
internal sealed class BadInputException(string message) : Exception(message);
