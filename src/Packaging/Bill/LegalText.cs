namespace SFlow.Packaging.Bill;

/// <summary>A text of a licence or a notice that comes with the work of others.</summary>
internal static class LegalText
{
    private static readonly string[] names = ["LICENSE", "LICENCE", "NOTICE", "THIRD"];

    /// <summary>True for the usual names of such files, for example <c>LICENSE.txt</c>, <c>NOTICE</c> and <c>THIRD-PARTY-NOTICES.TXT</c>.</summary>
    public static bool IsName(string path) => names.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a text without spaces at the end of lines, so that copies that differ only there are one text.</summary>
    public static string Read(string path)
    {
        using StreamReader reader = new(path);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd())).Trim();
    }
}
