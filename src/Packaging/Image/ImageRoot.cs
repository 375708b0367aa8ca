namespace SFlow.Packaging.Image;

/// <summary>The files of the image: nothing but the program, the libraries that it needs, certificates of public authorities, and licences.</summary>
internal static class ImageRoot
{
    public const string Folder = "/opt/sflow-exporter";
    public const string Data = "/data";
    public const string Certificates = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Changes with the distribution of this machine.</summary>
    /// <exception cref="PackagingException">A library or the certificates are not on this machine.</exception>
    public static IReadOnlyList<ImageFile> System(string published)
    {
        if (!File.Exists(Certificates)) throw new PackagingException($"{Certificates} is absent. Install the package ca-certificates.");
        IReadOnlyList<string> libraries = SharedLibraries.Of(Programs(published));
        return ImageFile.WithFolders([
            .. libraries.Select(path => ImageFile.Program(path[1..], path)),
            .. DistributionLicences.Of(libraries).Select(licence => ImageFile.Data($"licenses/{licence.Package}/copyright", licence.Path)),
            ImageFile.Data(Certificates[1..], Certificates),
            // The C library looks names up in files, then by DNS.
            ImageFile.Text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
            ImageFile.Text("etc/passwd", "root:x:0:0:root:/:/sbin/nologin\nsflow:x:1654:0:sflow-exporter:/data:/sbin/nologin\n"),
            ImageFile.Text("etc/group", "root:x:0:\n"),
            // Mount points.
            ImageFile.Folder("proc/"), ImageFile.Folder("sys/"), ImageFile.Folder("dev/"),
            new ImageFile("tmp/", (UnixFileMode)0x3FF, null),
        ]);
    }

    /// <summary>Changes with each version.</summary>
    /// <param name="published">Folder of the published program.</param>
    /// <param name="licences">Files for <c>/licenses</c>.</param>
    public static IReadOnlyList<ImageFile> Program(string published, IEnumerable<string> licences) => ImageFile.WithFolders([
        .. Programs(published).Select(path => ImageFile.Program($"{Folder[1..]}/{Path.GetFileName(path)}", path)),
        .. licences.Select(path => ImageFile.Data($"licenses/{Path.GetFileName(path)}", path)),
        ImageFile.WritableFolder($"{Data[1..]}/"),
    ]);

    /// <exception cref="PackagingException">The folder has no program.</exception>
    private static string[] Programs(string published)
    {
        string program = Path.Combine(published, "sflow-exporter");
        if (!File.Exists(program)) throw new PackagingException($"{program} is absent. Run ./build publish first.");
        return [program, .. Directory.EnumerateFiles(published, "*.so").Order(StringComparer.Ordinal)];
    }
}
