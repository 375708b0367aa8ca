using System.Reflection;
using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>The dependency rule of ARCHITECTURE.md, read off the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const int LongestFile = 400;
    private static readonly string Sources = Path.Combine(SharedFolder.Repository, "src", "Exporter");

    /// <summary>Folders that anybody may use.</summary>
    private static readonly string[] Common = ["Pipeline", "Options", "Agents", "Http"];

    /// <summary>Folders that put the program together, and so see all.</summary>
    private static readonly string[] SeeAll = ["", "Commands"];

    /// <summary>The page shows the figures that metrics are made of, and the history. The history lives in the file of the store.</summary>
    private static readonly (string Folder, string Used)[] Allowed = [("Web", "Metrics"), ("Web", "History"), ("History", "Store"), ("History", "Count")];

    private static readonly string[] SeeDecoder = ["Decode", "Receive", "Replay", "Commands", ""];

    [Fact]
    public void A_stage_uses_no_other_stage()
    {
        List<string> wrong = [];
        foreach ((string folder, string file, string text) in Files())
        {
            if (SeeAll.Contains(folder)) continue;
            foreach (string used in Uses().Matches(text).Select(match => match.Groups["stage"].Value).Distinct())
                if (used != folder && !Common.Contains(used) && !Allowed.Contains((folder, used))) wrong.Add($"{file} uses {used}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_words_that_stages_share_use_no_stage_themselves()
    {
        (string Folder, string[] May)[] order = [("Pipeline", []), ("Options", ["Pipeline"]), ("Agents", ["Pipeline", "Options"]), ("Http", ["Pipeline", "Options"])];
        foreach ((string folder, string[] may) in order)
            foreach ((_, string file, string text) in Files().Where(file => file.Folder == folder))
                Assert.All(Uses().Matches(text).Select(match => match.Groups["stage"].Value), used => Assert.True(used == folder || may.Contains(used), $"{file} uses {used}"));
    }

    /// <summary>How knowledge is written, and the folder that may. A command may stand in for an owner: it reads a capture twice.</summary>
    [Theory]
    [InlineData(@"\.BelongTo\(", "Agents")]
    [InlineData(@"\b([Nn]ode|home)\??\.Hear\(", "Agents")]
    [InlineData(@"\.Settle\(.*final", "Agents")]
    [InlineData(@"\.BackedServices\.Add\(", "Identify")]
    [InlineData(@"\bmemory\.Remember", "Identify")]
    [InlineData(@"\blastServices\.Remember\(", "Identify")]
    [InlineData(@"\bhistory\.(Learn|Refused|Judge)\(", "Observe")]
    [InlineData(@"\b[Pp]roven(Services)?\.(Doubt|Prove)\(", "Observe")]
    [InlineData(@"\breplying\.Add\(", "TcpAck")]
    [InlineData(@"\bports\.Turn\(", "Calibration")]
    public void What_is_learned_has_one_owner(string write, string owner)
    {
        string[] writers = [.. Files().Where(file => Regex.IsMatch(file.Text, write, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Select(file => file.Folder).Distinct()];
        Assert.Contains(owner, writers);
        Assert.DoesNotContain(writers, folder => folder != owner && folder != "Commands");
    }

    [Fact]
    public void Only_the_way_in_sees_the_decoder()
    {
        foreach ((string folder, string file, string text) in Files())
            if (!SeeDecoder.Contains(folder)) Assert.False(UsesDecoder().IsMatch(text), $"{file} uses the decoder");
    }

    [Fact]
    public void The_decoder_depends_on_the_base_class_library_only() =>
        Assert.All(typeof(Datagram).Assembly.GetReferencedAssemblies(), assembly => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal));

    [Fact]
    public void Dashboards_use_the_catalogue_of_metrics_and_nothing_uses_them()
    {
        string[] may = ["Metrics", "Count", "Pipeline"];
        foreach (string file in System.IO.Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "src", "Dashboards"), "*.cs", SearchOption.AllDirectories))
            Assert.All(Uses().Matches(File.ReadAllText(file)).Select(match => match.Groups["stage"].Value), used => Assert.True(may.Contains(used), $"{file} uses {used}"));
        Assert.All(Files(), file => Assert.DoesNotContain("SFlow.Dashboards", file.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_namespace_is_the_folder()
    {
        foreach ((string folder, string file, string text) in Files())
        {
            string expected = Path.GetRelativePath(Sources, Path.GetDirectoryName(file)!) is "." ? "SFlow.Exporter" : "SFlow.Exporter." + Path.GetRelativePath(Sources, Path.GetDirectoryName(file)!).Replace('/', '.');
            Assert.Contains($"namespace {expected};", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_file_is_longer_than_one_idea()
    {
        string[] roots = ["src", "tests", "bench", "lab"];
        IEnumerable<string> files = roots.Select(root => Path.Combine(SharedFolder.Repository, root)).Where(System.IO.Directory.Exists)
            .SelectMany(root => System.IO.Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".js" or ".css" or ".html" or ".py" or ".sh");
        Assert.All(files, file => Assert.True(File.ReadLines(file).Count() <= LongestFile, $"{file} is above {LongestFile} lines"));
    }

    [Fact]
    public void Types_are_internal_and_sealed_unless_there_is_a_reason()
    {
        IEnumerable<Type> open = typeof(WorkerPipeline).Assembly.GetTypes().Where(type =>
            type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.Namespace?.StartsWith("SFlow", StringComparison.Ordinal) == true
            && !typeof(WorkerPipeline).Assembly.GetTypes().Any(other => other.BaseType is { } parent && (parent == type || parent.IsGenericType && parent.GetGenericTypeDefinition() == type)));
        Assert.Empty(open.Where(type => type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null).Select(type => type.FullName));
    }

    private static IEnumerable<(string Folder, string Path, string Text)> Files()
    {
        foreach (string file in System.IO.Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Sources, file);
            yield return (relative.Contains('/') ? relative[..relative.IndexOf('/')] : "", file, File.ReadAllText(file));
        }
    }

    [GeneratedRegex(@"SFlow\.Exporter\.(?<stage>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"using SFlow(\.(Captures|CounterRecords|FlowRecords|Packets|Samples))?;", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsesDecoder();
}
