using System.Text.RegularExpressions;

namespace SFlow.Packaging.Image;

/// <summary>The shared libraries that the program needs, of this machine: those that it links with, and OpenSSL, which it opens when it first needs it.</summary>
internal static partial class SharedLibraries
{
    private static readonly string[] opened = ["libssl.so.3", "libcrypto.so.3"];

    /// <param name="programs">The program and the libraries beside it.</param>
    /// <returns>Paths as the loader looks for them, each once, in their order.</returns>
    /// <exception cref="PackagingException">A library is not on this machine.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> programs)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string program in programs) found.UnionWith(LinkedBy(program));
        string system = Path.GetDirectoryName(found.FirstOrDefault(path => Path.GetFileName(path) == "libc.so.6"))
            ?? throw new PackagingException("The program does not link with libc.so.6. Publish it for Linux with glibc: ./build publish.");
        foreach (string name in opened)
        {
            string path = Path.Combine(system, name);
            if (!File.Exists(path)) throw new PackagingException($"{path} is absent. Install OpenSSL 3 (Debian's package libssl3).");
            found.Add(path);
            found.UnionWith(LinkedBy(path));
        }
        return [.. found];
    }

    private static IEnumerable<string> LinkedBy(string program)
    {
        string output = Tool.Run("ldd", program);
        if (output.Contains("not found", StringComparison.Ordinal)) throw new PackagingException($"{program} needs libraries that are absent:\n{output.Trim()}");
        return Library().Matches(output).Select(match => match.Groups["path"].Value);
    }

    [GeneratedRegex(@"(?<path>/\S+) \(0x", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Library();
}
