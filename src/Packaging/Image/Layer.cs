using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace SFlow.Packaging.Image;

/// <summary>A layer of the image: a compressed tar archive.</summary>
/// <param name="Blob">The archive as it is stored.</param>
/// <param name="Content">Digest of the archive before compression, which the configuration lists.</param>
internal sealed record Layer(Blob Blob, string Content)
{
    private const string Type = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>The same files and time give the same bytes.</summary>
    /// <param name="files">Folders and files, folders before what they contain.</param>
    /// <param name="time">Time of each entry.</param>
    public static Layer Of(IEnumerable<ImageFile> files, DateTimeOffset time)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (ImageFile file in files)
            {
                UstarTarEntry entry = new(file.Open is null ? TarEntryType.Directory : TarEntryType.RegularFile, file.Path) { Mode = file.Mode, ModificationTime = time };
                using Stream? content = file.Open?.Invoke();
                if (content is not null) entry.DataStream = content;
                writer.WriteEntry(entry);
            }
        }
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(archive.GetBuffer(), 0, (int)archive.Length);
        return new Layer(new Blob(Type, compressed.ToArray()), Blob.DigestOf(archive.GetBuffer().AsSpan(0, (int)archive.Length)));
    }
}

/// <summary>A part of the image that others name by its digest.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Content.</param>
internal sealed record Blob(string Type, byte[] Bytes)
{
    public string Digest { get; } = DigestOf(Bytes);

    public static string DigestOf(ReadOnlySpan<byte> bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
