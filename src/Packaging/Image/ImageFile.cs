namespace SFlow.Packaging.Image;

/// <summary>A folder or file of the image. It belongs to user 0 and group 0.</summary>
/// <param name="Path">Path from the root of the image, without a slash at the front. A folder has one at its back.</param>
/// <param name="Mode">Permissions.</param>
/// <param name="Open">Opens the content; null for a folder.</param>
internal sealed record ImageFile(string Path, UnixFileMode Mode, Func<Stream>? Open)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Group 0 is the group of the arbitrary users of OpenShift, so it may write here.</summary>
    private const UnixFileMode Writable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    public static ImageFile Folder(string path) => new(path, Executable, null);

    public static ImageFile WritableFolder(string path) => new(path, Writable, null);

    public static ImageFile Program(string path, string source) => new(path, Executable, () => File.OpenRead(source));

    public static ImageFile Data(string path, string source) => new(path, Readable, () => File.OpenRead(source));

    public static ImageFile Text(string path, string text) => new(path, Readable, () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>The files with all folders above them, each once, in the order of their paths: the order of the archive never depends on a disk.</summary>
    public static IReadOnlyList<ImageFile> WithFolders(IEnumerable<ImageFile> files)
    {
        SortedDictionary<string, ImageFile> all = new(StringComparer.Ordinal);
        foreach (ImageFile file in files)
        {
            all[file.Path] = file;
            for (int slash = file.Path.LastIndexOf('/', file.Path.Length - 2); slash > 0; slash = file.Path.LastIndexOf('/', slash - 1))
                all.TryAdd(file.Path[..(slash + 1)], Folder(file.Path[..(slash + 1)]));
        }
        return [.. all.Values];
    }
}
