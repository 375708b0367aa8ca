using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace SFlow.Packaging.Image;

/// <summary>An archive in the image layout of the Open Container Initiative, written without a container engine.</summary>
internal static class OciImage
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Configuration = "application/vnd.oci.image.config.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";

    /// <param name="archive">Path of the archive to write.</param>
    /// <param name="layers">Layers, the lowest first.</param>
    /// <param name="version">Version of the program, and the tag of the image.</param>
    /// <param name="revision">Commit that the program is built from.</param>
    /// <param name="time">Time of the commit.</param>
    /// <returns>Digest of the image.</returns>
    public static string Write(string archive, IReadOnlyList<Layer> layers, string version, string revision, DateTimeOffset time)
    {
        Blob configuration = Json(Configuration, ConfigurationOf(layers, version, revision, time));
        Blob manifest = Json(Manifest, new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = Descriptor(configuration),
            ["layers"] = new JsonArray([.. layers.Select(layer => Descriptor(layer.Blob))]),
        });
        JsonObject entry = Descriptor(manifest);
        entry["platform"] = new JsonObject { ["architecture"] = Architecture, ["os"] = "linux" };
        entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = version };
        Blob index = Json(Index, new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Index, ["manifests"] = new JsonArray(entry) });

        using FileStream file = File.Create(archive);
        using TarWriter writer = new(file, TarEntryFormat.Ustar);
        Add("oci-layout", Encoding.UTF8.GetBytes("""{"imageLayoutVersion":"1.0.0"}"""));
        Add("index.json", index.Bytes);
        foreach (Blob blob in layers.Select(layer => layer.Blob).Append(configuration).Append(manifest)) Add($"blobs/{blob.Digest.Replace(':', '/')}", blob.Bytes);
        return manifest.Digest;

        void Add(string path, byte[] bytes) => writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
        {
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            ModificationTime = time,
            DataStream = new MemoryStream(bytes),
        });
    }

    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => throw new PackagingException($"The program is not published for {other}. Use a machine with x64 or arm64."),
    };

    private static JsonObject ConfigurationOf(IReadOnlyList<Layer> layers, string version, string revision, DateTimeOffset time) => new()
    {
        ["created"] = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"),
        ["architecture"] = Architecture,
        ["os"] = "linux",
        ["config"] = new JsonObject
        {
            // A user without privileges; OpenShift replaces it by one of the namespace, and keeps group 0.
            ["User"] = "1654:0",
            ["ExposedPorts"] = new JsonObject { ["6343/udp"] = new JsonObject(), ["16343/tcp"] = new JsonObject() },
            // .NET looks for certificates of the user in the home folder, and a random user has none.
            ["Env"] = new JsonArray("DOTNET_EnableDiagnostics=0", $"HOME={ImageRoot.Data}", $"SFLOW_Store__Folder={ImageRoot.Data}", $"SSL_CERT_FILE={ImageRoot.Certificates}"),
            ["Entrypoint"] = new JsonArray($"{ImageRoot.Folder}/sflow-exporter"),
            ["WorkingDir"] = ImageRoot.Data,
            ["StopSignal"] = "SIGTERM",
            ["Labels"] = new JsonObject
            {
                ["org.opencontainers.image.title"] = "sflow-exporter",
                ["org.opencontainers.image.description"] = "Receives sFlow of OVN-Kubernetes and shows who talks to whom.",
                ["org.opencontainers.image.licenses"] = "Apache-2.0",
                ["org.opencontainers.image.version"] = version,
                ["org.opencontainers.image.revision"] = revision,
            },
        },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(layer.Content))]) },
    };

    private static JsonObject Descriptor(Blob blob) => new() { ["mediaType"] = blob.Type, ["digest"] = blob.Digest, ["size"] = blob.Bytes.Length };

    private static Blob Json(string type, JsonObject content) => new(type, Encoding.UTF8.GetBytes(content.ToJsonString()));
}
