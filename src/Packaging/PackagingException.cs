namespace SFlow.Packaging;

/// <summary>What is missing or wrong, and what to do about it. The program prints the message and exits with code 1.</summary>
internal sealed class PackagingException(string message) : Exception(message);
