using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Http;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Packaging;

/// <summary>The image archive is what the specification of the Open Container Initiative describes, and the program runs in it as OpenShift runs it.</summary>
public sealed partial class ImageTests(ITestOutputHelper output)
{
    /// <summary>A user of a namespace of OpenShift, with group 0, a read-only root, and volumes where the Deployment has them.</summary>
    private const string Start = """
        set -e
        root=$1; shift
        mount --bind "$root" "$root"
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs -o mode=0770,uid=0,gid=0 tmpfs "$root/data"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        mount -o remount,bind,ro "$root"
        exec chroot --userspec=1000660000:0 --groups=0 "$root" "$@"
        """;

    [Fact]
    public void Every_descriptor_has_the_size_and_digest_of_its_content_and_nothing_else_is_there()
    {
        using ImageArchive image = ImageArchive.Pack();
        Assert.Equal("1.0.0", image.Read("oci-layout")["imageLayoutVersion"]!.GetValue<string>());
        JsonNode[] descriptors = [image.Index["manifests"]![0]!, image.Manifest["config"]!, .. image.Manifest["layers"]!.AsArray().OfType<JsonNode>()];
        Assert.All(descriptors, descriptor =>
        {
            byte[] content = image.Blob(ImageArchive.Digest(descriptor));
            Assert.Equal(descriptor["size"]!.GetValue<long>(), content.Length);
            Assert.Equal(ImageArchive.Digest(descriptor), ImageArchive.DigestOf(content));
        });
        Assert.Equal(descriptors.Select(ImageArchive.Digest).Order(), image.Blobs.Order());
        Assert.Equal(
            ["application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.oci.image.layer.v1.tar+gzip"],
            descriptors.Select(descriptor => descriptor["mediaType"]!.GetValue<string>()));
        // The configuration names the layers by their content before compression.
        Assert.Equal(image.Manifest["layers"]!.AsArray().Select(layer => ImageArchive.DigestOf(image.Layer(layer!))), image.Configuration["rootfs"]!["diff_ids"]!.AsArray().Select(id => id!.GetValue<string>()));
        output.WriteLine($"{new FileInfo(image.File).Length / 1e6:F1} MB");
    }

    [Fact]
    public void The_configuration_is_that_of_the_Containerfile_and_no_entry_belongs_to_a_user_or_may_change_users()
    {
        using ImageArchive image = ImageArchive.Pack();
        JsonNode config = image.Configuration["config"]!;
        Assert.Equal("1654:0", config["User"]!.GetValue<string>());
        Assert.Equal(["/opt/sflow-exporter/sflow-exporter"], config["Entrypoint"]!.AsArray().Select(part => part!.GetValue<string>()));
        Assert.Equal(["16343/tcp", "6343/udp"], config["ExposedPorts"]!.AsObject().Select(port => port.Key).Order());
        Assert.Equal(40, config["Labels"]!["org.opencontainers.image.revision"]!.GetValue<string>().Length);
        List<string> names = [];
        foreach (JsonNode? layer in image.Manifest["layers"]!.AsArray())
        {
            using TarReader reader = new(new MemoryStream(image.Layer(layer!)));
            while (reader.GetNextEntry() is { } entry)
            {
                Assert.Equal((0, 0), (entry.Uid, entry.Gid));
                Assert.False(entry.Mode.HasFlag(UnixFileMode.SetUser) || entry.Mode.HasFlag(UnixFileMode.SetGroup), entry.Name);
                Assert.False(entry.Name.StartsWith('/') || entry.Name.Contains("..", StringComparison.Ordinal), entry.Name);
                // Only folders for data are writable for others than user 0.
                if (entry.Mode.HasFlag(UnixFileMode.GroupWrite) || entry.Mode.HasFlag(UnixFileMode.OtherWrite)) Assert.Contains(entry.Name, (string[])["data/", "tmp/"]);
                // Any user may read files, run the program and load its libraries.
                if (entry.EntryType == TarEntryType.RegularFile) Assert.Contains((int)entry.Mode, entry.Name.Contains(".so", StringComparison.Ordinal) || entry.Name.EndsWith("/sflow-exporter", StringComparison.Ordinal) ? (int[])[0b111_101_101] : [0b110_100_100]);
                names.Add(entry.Name);
            }
        }
        // The C library's licence demands a copy of it, and OpenSSL's too.
        Assert.All(((string[])["licenses/libc6-", "licenses/libssl3-", "licenses/ca-certificates-", "licenses/THIRD-PARTY-NOTICES", "licenses/LICENSE", "licenses/sbom.cdx.json"]), start =>
            Assert.Contains(names, name => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_program_and_commit_give_the_same_bytes()
    {
        using ImageArchive first = ImageArchive.Pack(), second = ImageArchive.Pack();
        Assert.True(File.ReadAllBytes(first.File).AsSpan().SequenceEqual(File.ReadAllBytes(second.File)));
    }

    [Fact]
    public async Task Another_implementation_reads_the_archive()
    {
        using ImageArchive image = ImageArchive.Pack();
        try
        {
            using Process skopeo = Process.Start(new ProcessStartInfo("skopeo", ["inspect", "--config", $"oci-archive:{image.File}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = skopeo.StandardError.ReadToEndAsync();
            JsonNode? config = JsonNode.Parse(await skopeo.StandardOutput.ReadToEndAsync());
            Assert.Equal("", await errors);
            Assert.True(JsonNode.DeepEquals(image.Configuration["rootfs"], config!["rootfs"]));
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs skopeo (apt-get install skopeo)");
        }
    }

    /// <param name="home">False if an engine replaced the environment, and the image has no list of users either: .NET finds no home folder then.</param>
    [Theory, InlineData(true), InlineData(false)]
    public async Task The_program_runs_in_the_image_as_a_random_user_with_a_read_only_root(bool home)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("needs root, to change the root folder");
        using ImageArchive image = ImageArchive.Pack();
        string root = image.Unpack();
        using Certificates authority = new("authority of the test");
        string web = Directory.CreateDirectory(Path.Combine(root, "web")).FullName;
        (string certificate, string key) = authority.Issue("sflow.example.test", client: false);
        await File.WriteAllTextAsync(Path.Combine(web, "tls.crt"), certificate, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(web, "tls.key"), key, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(web, "web.yml"), "tls_server_config:\n  cert_file: tls.crt\n  key_file: tls.key\n", TestContext.Current.CancellationToken);

        if (!home) File.Delete(Path.Combine(root, "etc", "passwd"));

        JsonNode config = image.Configuration["config"]!;
        string[] environment = [.. config["Env"]!.AsArray().Select(pair => pair!.GetValue<string>()).Where(pair => home || !pair.StartsWith("HOME=", StringComparison.Ordinal))], entry = [.. config["Entrypoint"]!.AsArray().Select(part => part!.GetValue<string>())];
        long start = Stopwatch.GetTimestamp();
        await using ExporterProcess exporter = await ExporterProcess.StartByAsync("/usr/bin/env",
            ["-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", .. environment, "unshare", "--mount", "--propagation", "slave", "sh", "-c", Start, "sh", root, .. entry,
            "run", "--port", "0", "--http-port", "0", "--http-web-config", "/web/web.yml", "--allow-agents", "any"]);
        output.WriteLine($"listening after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, the mounts included");

        // HTTPS, so OpenSSL of the image works too.
        using HttpClient client = authority.Client(exporter.Address);
        Assert.True((await client.GetAsync("/-/healthy", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        string capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-same.pcap");
        (int code, _, string errors) = await ExporterProcess.RunAsync("replay", capture, "--to", $"127.0.0.1:{exporter.Port}", "--rate", "1000");
        Assert.True(code == 0, errors);
        string metrics = "";
        for (int i = 0; i < 100 && !Stored().IsMatch(metrics); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            metrics = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        }
        Assert.Matches(Received(), metrics);
        Assert.Matches(Stored(), metrics);
        Assert.Equal(0, await exporter.StopAsync());
    }

    [GeneratedRegex("^sflow_exporter_datagrams_received_total [1-9]", RegexOptions.Multiline, 1000)]
    private static partial Regex Received();

    /// <summary>The engine of the store is a library beside the program.</summary>
    [GeneratedRegex("^sflow_exporter_store_records [1-9]", RegexOptions.Multiline, 1000)]
    private static partial Regex Stored();
}
