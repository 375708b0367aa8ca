using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>What <c>deadletters</c> does with them.</summary>
internal enum DeadLetterAction { List, Show, Send }

/// <summary><c>deadletters</c>: lists, shows, or sends again the documents that Elasticsearch rejected. An exporter may be running on the folder.</summary>
internal static class DeadLettersCommand
{
    private const int LongestReason = 100;

    /// <exception cref="SettingsException">There is no server to send to.</exception>
    /// <exception cref="BadInputException">The folder can't be read or written.</exception>
    public static async Task<int> RunAsync(DeadLetterAction action, Settings settings, string wait, Stream output, CancellationToken stop)
    {
        DeadLetterFolder folder = ShipServices.DeadLetters(settings.Elasticsearch, settings.Store);
        try
        {
            if (!Directory.Exists(folder.FolderPath)) throw new BadInputException($"There are no dead letters: the folder {folder.FolderPath} does not exist.");
            if (action == DeadLetterAction.Show) return Show(folder, output);
            await using StreamWriter text = new(output, leaveOpen: true);
            return action == DeadLetterAction.List ? List(folder, text) : await SendAsync(folder, settings.Elasticsearch, wait, text, stop);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || e is IOException fault && !ClosedPipe.Is(fault))
        {
            throw new BadInputException($"The dead letters in {folder.FolderPath} can't be used: {e.Message}");
        }
    }

    /// <summary>One line for each status and error type, the most frequent first.</summary>
    private static int List(DeadLetterFolder folder, TextWriter text)
    {
        DeadLetter?[] letters = [.. folder.Read().SelectMany(file => DeadLetterFolder.Lines(file.Content)).Select(DeadLetter.Read)];
        text.WriteLine($"{letters.Count(letter => letter is not null)} dead letters in {folder.FolderPath}, {ByteSize.Format(folder.Bytes())}");
        foreach (IGrouping<(int Status, string? Type), DeadLetter> same in letters.OfType<DeadLetter>().GroupBy(letter => (letter.Status, letter.Type)).OrderByDescending(same => same.Count()))
        {
            string reason = CleanText.Of(same.Last().Reason ?? "no reason given");
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{same.Count(),8}  status {same.Key.Status}, {same.Key.Type ?? "no error type"}, {same.First().Time} to {same.Last().Time}"));
            text.WriteLine($"          last reason: {(reason.Length > LongestReason ? reason[..LongestReason] + "..." : reason)}");
        }
        int unreadable = letters.Count(letter => letter is null);
        if (unreadable > 0) text.WriteLine($"{unreadable} lines are not dead letters");
        return ExitCode.Success;
    }

    /// <summary>The lines as they are: for jq and the like.</summary>
    private static int Show(DeadLetterFolder folder, Stream output)
    {
        foreach ((string _, byte[] content) in folder.Read()) output.Write(content);
        return ExitCode.Success;
    }

    private static async Task<int> SendAsync(DeadLetterFolder folder, ElasticsearchOptions options, string wait, TextWriter text, CancellationToken stop)
    {
        if (options.Url.Length == 0) throw new SettingsException(["Elasticsearch:Url is not set. Set --elasticsearch to the server that gets the dead letters."]);
        if (!Duration.TryParse(wait, out TimeSpan longest)) throw new SettingsException([$"--wait is \"{wait}\". Set it to a duration such as 30s or 5m."]);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(longest);
        using SearchTransport server = new(options, TimeProvider.System, NullLogger.Instance);
        using DeadLetterSender sender = new(folder, server, options, TimeProvider.System, NullLogger.Instance);
        Resent done = await sender.SendAsync(deadline.Token);
        text.WriteLine($"{done.Written} written, {done.AlreadyThere} already there, {done.Rejected} rejected again, {done.Left} left");
        if (done.Unreadable > 0) text.WriteLine($"{done.Unreadable} lines are not dead letters, and stay");
        if (done.Left > 0) text.WriteLine($"{server.Host}: {sender.State.LastError ?? "no response in time"}");
        return done.Left + done.Rejected == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
