namespace SFlow.Exporter.Pipeline;

/// <summary>Reason for a request without a response, with the inner reasons: the outermost one often only refers to the inner one.</summary>
internal static class NetworkFault
{
    private const string Pointer = ", see inner exception.";

    /// <summary>.NET's message that only refers to the inner exception.</summary>
    private static readonly string[] Empty =
    [
        "An error occurred while sending the request.", "One or more errors occurred.", "Error while copying content to a stream.", "The operation was canceled.", "A task was canceled.",
    ];

    /// <summary>One line, from the outermost to the innermost reason, each once.</summary>
    public static string Describe(Exception fault)
    {
        string said = "";
        for (Exception? e = fault; e is not null; e = e.InnerException)
        {
            string message = e.Message.Replace(Pointer, "", StringComparison.Ordinal).Trim();
            if (message.Length == 0 || Empty.Contains(message) && e.InnerException is not null || said.Contains(message.TrimEnd('.'), StringComparison.Ordinal)) continue;
            said = said.Length == 0 ? message : $"{said.TrimEnd('.')}: {message}";
        }
        return string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
