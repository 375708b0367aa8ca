using System.Diagnostics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Files;

public sealed class FileStampTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stamp").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    [Fact]
    public void An_untouched_file_is_unchanged()
    {
        File.WriteAllText(In("token"), "first");
        StampedFile file = new(In("token"));
        Assert.Equal((false, false), (file.Changed(), file.Changed()));
    }

    [Fact]
    public void The_exchange_of_a_volume_is_seen_once()
    {
        foreach ((string place, string text) in new[] { ("..2026_01", "quince"), ("..2026_02", "medlar") })
        {
            Directory.CreateDirectory(In(place));
            File.WriteAllText(Path.Combine(In(place), "ca.crt"), text);
            File.SetLastWriteTimeUtc(Path.Combine(In(place), "ca.crt"), DateTime.UnixEpoch.AddDays(20_000));
        }
        File.CreateSymbolicLink(In("..data"), "..2026_01");
        File.CreateSymbolicLink(In("ca.crt"), "..data/ca.crt");
        StampedFile file = new(In("ca.crt"));
        Assert.False(file.Changed());

        File.CreateSymbolicLink(In("..data_tmp"), "..2026_02");
        using (Process moved = Process.Start("mv", ["-T", In("..data_tmp"), In("..data")])) moved.WaitForExit();

        Assert.Equal((true, false), (file.Changed(), file.Changed()));
        Assert.Equal("medlar", File.ReadAllText(file.Path));
    }

    [Fact]
    public void Other_content_of_the_same_size_and_time_is_seen()
    {
        DateTime time = DateTime.UnixEpoch.AddDays(19_000);
        File.WriteAllText(In("list"), "plum");
        File.SetLastWriteTimeUtc(In("list"), time);
        StampedFile file = new(In("list"));

        File.WriteAllText(In("list"), "pear");
        File.SetLastWriteTimeUtc(In("list"), time);
        Assert.True(file.Changed());

        File.WriteAllText(In("copy"), "figs");
        File.SetLastWriteTimeUtc(In("copy"), time);
        File.Move(In("copy"), In("list"), overwrite: true);
        Assert.Equal((true, false), (file.Changed(), file.Changed()));
    }

    [Fact]
    public void Writes_right_after_a_look_are_never_missed()
    {
        // In place, same length: on a kernel with coarse ticks all of these may carry one time.
        File.WriteAllText(In("busy"), "0000");
        StampedFile file = new(In("busy"));
        for (int turn = 1; turn <= 10; turn++)
        {
            File.WriteAllText(In("busy"), turn.ToString("D4"));
            Assert.True(file.Changed(), $"turn {turn}");
        }
    }

    [Fact]
    public void A_file_that_went_away_and_came_back_is_read_again()
    {
        File.WriteAllText(In("db"), "same");
        StampedFile file = new(In("db"));
        File.Move(In("db"), In("aside"));
        Assert.Equal((true, false), (file.Changed(), file.Changed()));
        File.Move(In("aside"), In("db"));
        Assert.Equal((true, false), (file.Changed(), file.Changed()));
    }

    [Fact]
    public void A_file_that_is_there_later_is_a_change()
    {
        StampedFile file = new(In("later"));
        Assert.False(file.Changed());
        File.WriteAllText(In("later"), "");
        Assert.Equal((true, false), (file.Changed(), file.Changed()));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/")]
    public void Only_files_are_opened(string path)
    {
        Assert.False(FileStamp.Of(path).IsFile);
        IOException fault = Assert.Throws<IOException>(() => RegularFile.Open(path, long.MaxValue));
        Assert.Contains($"{path} is not a regular file", fault.Message);
    }

    [Fact]
    public void A_pipe_without_a_writer_does_not_block()
    {
        using Process made = Process.Start("mkfifo", In("pipe"));
        made.WaitForExit();
        Assert.Throws<IOException>(() => RegularFile.Open(In("pipe"), long.MaxValue));
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_with_both_figures()
    {
        using (FileStream large = File.Create(In("large"))) large.SetLength(5_000_000_001);
        IOException fault = Assert.Throws<IOException>(() => RegularFile.Open(In("large"), 5_000_000_000));
        Assert.Contains("5000000001", fault.Message);
        Assert.Contains("5000000000", fault.Message);
    }
}
