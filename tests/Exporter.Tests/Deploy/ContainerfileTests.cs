using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>The Containerfile, read as an engine reads it. No engine and no registry is at hand, so what it builds is not run here.</summary>
public sealed partial class ContainerfileTests
{
    private static readonly (string Word, string Words)[] instructions = [.. Instructions()];

    [Fact]
    public void Every_image_is_an_argument_with_a_pinned_tag_a_stage_or_empty()
    {
        Dictionary<string, string> arguments = instructions.Where(it => it.Word == "ARG").Select(it => it.Words.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        HashSet<string> stages = ["scratch"];
        foreach ((_, string rest) in instructions.Where(it => it.Word == "FROM"))
        {
            string[] words = rest.Split(' ');
            string image = Argument().Replace(words[0], match => arguments[match.Groups["name"].Value]);
            if (!stages.Contains(image)) Assert.Matches(@"^[a-z0-9.]+/[a-z0-9/-]+:[0-9]+\.[0-9][a-z0-9.-]*$", image);
            if (words.Length == 3) stages.Add(words[2]);
        }
        Assert.Contains("runtime-ubi", stages);
        Assert.Contains("runtime-chiseled", stages);
    }

    [Fact]
    public void The_image_runs_the_published_program_as_a_user_without_name_in_group_0()
    {
        (string Word, string Words)[] last = [.. instructions.Skip(instructions.Index().Last(it => it.Item.Word == "FROM").Index)];
        Assert.Matches("^[1-9][0-9]*:0$", Assert.Single(last, it => it.Word == "USER").Words);
        Assert.Contains(("EXPOSE", "6343/udp 16343/tcp"), last);
        Assert.Contains(("ENTRYPOINT", """["/opt/sflow-exporter/sflow-exporter"]"""), last);
        Assert.DoesNotContain(last, it => it.Word == "RUN");
    }

    [Fact]
    public void Each_stage_that_is_copied_from_is_defined_before_and_each_file_exists()
    {
        List<string> stages = [];
        foreach ((string word, string rest) in instructions)
        {
            if (word == "FROM" && rest.Split(' ') is [_, "AS", var name]) stages.Add(name);
            if (word == "COPY" && From().Match(rest) is { Success: true } from) Assert.Contains(from.Groups["stage"].Value, stages);
        }
        Assert.All(((string[])["LICENSE", "THIRD-PARTY-NOTICES", "sbom.cdx.json", "build"]), file =>
        {
            Assert.True(File.Exists(Path.Combine(SharedFolder.Repository, file)), file);
            Assert.Contains(instructions, it => it.Word == "RUN" && it.Words.Contains(file, StringComparison.Ordinal));
        });
        // The context is the repository without what the build makes.
        Assert.Contains("artifacts", File.ReadAllLines(Path.Combine(SharedFolder.Repository, "deploy", "Containerfile.dockerignore")));
    }

    [Fact]
    public void The_archive_without_an_engine_has_the_same_environment()
    {
        string environment = instructions.Last(it => it.Word == "ENV").Words;
        string archive = File.ReadAllText(Path.Combine(SharedFolder.Repository, "src", "Packaging", "Image", "OciImage.cs"));
        Assert.All(environment.Split(' ', StringSplitOptions.RemoveEmptyEntries), pair => Assert.Contains(pair.Split('=')[0], archive, StringComparison.Ordinal));
    }

    /// <summary>Instructions with their continued lines joined, without comments.</summary>
    private static IEnumerable<(string Word, string Words)> Instructions()
    {
        string[] lines = [.. File.ReadLines(Path.Combine(SharedFolder.Repository, "deploy", "Containerfile")).Where(line => line.Length > 0 && line[0] != '#')];
        foreach (string line in string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            string[] parts = line.Split(' ', 2);
            yield return (parts[0], parts[1].Trim());
        }
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Argument();

    [GeneratedRegex(@"--from=(?<stage>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();
}
