using SFlow.Dashboards;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>What is committed is what src/Dashboards writes, no file more.</summary>
public sealed class GeneratedFileTests
{
    private static readonly string[] folders = ["grafana/dashboards", "grafana/perses", "grafana/rules", "deploy/console-dashboards", "deploy/grafana-operator"];

    [Fact]
    public void Committed_files_equal_the_generated_ones() => Assert.All(GeneratedFile.All(), file =>
    {
        string path = Path.Combine(SharedFolder.Repository, file.Path);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == file.Text, $"{file.Path} differs from src/Dashboards: run ./build dashboards, and commit what it writes.");
    });

    [Fact]
    public void No_file_of_a_former_dashboard_remains()
    {
        HashSet<string> generated = [.. GeneratedFile.All().Select(file => file.Path)];
        Assert.True(generated.Count > 20);
        Assert.All(folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, folder))),
            file => Assert.Contains(Path.GetRelativePath(SharedFolder.Repository, file), generated));
    }
}
