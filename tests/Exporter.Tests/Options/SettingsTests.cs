using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class SettingsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("Receive:Port", "70000", "whole number from 0 to 65535")]
    [InlineData("Receive:Port", "many", "whole number from 0 to 65535")]
    [InlineData("Store:Enabled", "yes", "true or false")]
    [InlineData("Store:MaximumAge", "never", "a time from 0:01:00")]
    [InlineData("Elasticsearch:DataStream", "Logs!", "of the form")]
    [InlineData("Elasticsearch:Url", "elastic", "https://elasticsearch.example:9200")]
    [InlineData("Agents:Allowed", "10.0.0.0/33", "10.0.0.0/33")]
    [InlineData("Identify:Networks", "node=10.0.0.0/8", "the name node")]
    [InlineData("Identify:Inventory", "/nowhere/inventory.json", "no such file")]
    [InlineData("Receive:Address", "everywhere", "allowed is a local address")]
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
        Assert.Contains("no valid JSON", Assert.Throws<SettingsException>(() => Load([])).Message, StringComparison.Ordinal);
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

    private Settings Load(Dictionary<string, string?> commandLine) => SettingsLoader.Load(new FileInfo(file).Length > 0 ? file : null, commandLine).Settings;

    public void Dispose() => File.Delete(file);
}
