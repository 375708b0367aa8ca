using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class SettingsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("Receive:Port", "70000", "whole number from 0 to 65535")]
    [InlineData("Receive:Port", "many", "whole number from 0 to 65535")]
    [InlineData("Store:Enabled", "yes", "true or false")]
    [InlineData("Store:MaximumAge", "never", "a duration from 1m to 3650d, with its unit")]
    [InlineData("Store:MaximumAge", "30", "with its unit: ms, s, m, h or d")]
    [InlineData("Store:MaximumAge", "30s", "from 1m to 3650d")]
    [InlineData("Store:MaximumBytes", "1MB", "a size from 8MiB to 1TiB, in bytes or with its unit")]
    [InlineData("Store:MaximumBytes", "1000", "a size from 8MiB to 1TiB")]
    [InlineData("Receive:BufferBytes", "2GiB", "a size from 4KiB to 1GiB")]
    [InlineData("Elasticsearch:DataStream", "Logs!", "of the form")]
    [InlineData("Elasticsearch:Url", "elastic", "https://elasticsearch.example:9200")]
    [InlineData("Agents:Allowed", "10.0.0.0/33", "10.0.0.0/33")]
    [InlineData("Identify:Networks", "node=10.0.0.0/8", "the name node")]
    [InlineData("Identify:Inventory", "/nowhere/inventory.json", "no such file")]
    [InlineData("Receive:Address", "everywhere", "Set it to a local address")]
    public void A_wrong_value_never_starts_and_says_what_is_allowed(string key, string value, string message)
    {
        SettingsException fault = Assert.Throws<SettingsException>(() => Load(new() { [key] = value }));
        Assert.StartsWith(key, Assert.Single(fault.Problems), StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_section_of_the_settings_is_in_the_catalogue() =>
        Assert.Equal(typeof(Settings).GetProperties().Where(section => section.Name != nameof(Settings.Catalogue)).Select(section => section.Name),
            Settings.Catalogue.Select(entry => entry.Section).Distinct());

    [Fact]
    public void An_unknown_key_of_the_file_fails_with_the_nearest_right_one()
    {
        File.WriteAllText(file, """{"Recieve":{"Port":1}}""");
        Assert.Contains("did you mean Receive:Port?", Assert.Throws<SettingsException>(() => Load([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_JSON_says_so()
    {
        File.WriteAllText(file, "port = 1");
        Assert.Contains("can't be read as JSON", Assert.Throws<SettingsException>(() => Load([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        File.WriteAllText(file, """{"Receive":{"Port":1111,"Workers":3},"Logging":{"LogLevel":{"Default":"Debug"}}}""");
        Settings settings = Load(new() { ["Receive:Port"] = "2222" });
        Assert.Equal((2222, 3), (settings.Receive.Port, settings.Receive.Workers));
    }

    [Fact]
    public void Every_option_has_one_name_on_the_command_line_and_one_key()
    {
        Assert.True(Settings.Catalogue.Count > 20);
        Assert.Equal(Settings.Catalogue.Count, Settings.Catalogue.Select(entry => entry.CommandLine).Distinct().Count());
        Assert.All(Settings.Catalogue, entry => Assert.True(entry.Allowed.Length > 0 && entry.Description.EndsWith('.')));
    }

    [Fact]
    public void Every_default_is_allowed()
    {
        Settings settings = new();
        Assert.All(Settings.Catalogue, entry => Assert.True(entry.TrySet(settings.Section(entry.Section), entry.DefaultOf(settings.Section(entry.Section))), entry.Key));
    }

    [Fact]
    public void The_forms_of_earlier_releases_are_still_read()
    {
        File.WriteAllText(file, """{"Receive":{"BufferBytes":65536,"Pause":"00:00:00.0020000"},"Store":{"MaximumBytes":"8388608","MaximumAge":"2.12:00:00"}}""");
        Settings settings = Load(new() { ["Shutdown:Deadline"] = "00:00:30", ["Elasticsearch:BulkBytes"] = "1048576" });
        Assert.Equal((65_536, 2, 8_388_608L, 60), (settings.Receive.BufferBytes, settings.Receive.Pause.Milliseconds, settings.Store.MaximumBytes, settings.Store.MaximumAge.TotalHours));
        Assert.Equal((30, 1_048_576), (settings.Shutdown.Deadline.TotalSeconds, settings.Elasticsearch.BulkBytes));
    }

    [Fact]
    public void Durations_and_sizes_with_units_are_read_from_every_source()
    {
        File.WriteAllText(file, """{"Receive":{"BufferBytes":"64KiB","Pause":"2ms"},"Store":{"MaximumBytes":"1.5GiB","MaximumAge":"2d12h"}}""");
        Settings settings = Load(new() { ["Shutdown:Deadline"] = "30s", ["Elasticsearch:BulkBytes"] = "1Mi" });
        Assert.Equal((65_536, 2, 1_610_612_736L, 60), (settings.Receive.BufferBytes, settings.Receive.Pause.Milliseconds, settings.Store.MaximumBytes, settings.Store.MaximumAge.TotalHours));
        Assert.Equal((30, 1_048_576), (settings.Shutdown.Deadline.TotalSeconds, settings.Elasticsearch.BulkBytes));
    }

    private Settings Load(Dictionary<string, string?> commandLine) => SettingsLoader.Load(new FileInfo(file).Length > 0 ? file : null, commandLine).Settings;

    public void Dispose() => File.Delete(file);
}
