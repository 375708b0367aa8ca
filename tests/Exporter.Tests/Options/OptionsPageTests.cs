using System.Text;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

/// <summary>docs/options.md is the catalogue of options, written out; <c>./build docs</c> writes it.</summary>
public sealed class OptionsPageTests
{
    [Fact]
    [Trait(GeneratedPage.Trait, GeneratedPage.Docs)]
    public void The_page_of_options_in_the_documentation_is_the_catalogue() => GeneratedPage.Check("options.md", Page());

    private static string Page()
    {
        Settings defaults = new();
        StringBuilder page = new();
        page.Append("# Options\n\nEach option has a key for the configuration file (JSON: a section and a name), an environment variable (`SFLOW_` and the key, with `__`\n");
        page.Append("for the colon: `SFLOW_Receive__Port`) and a name on the command line. The command line overrides the environment, and the environment overrides\n");
        page.Append("the file. Passwords and keys are read from files only, and again when a file changes. With a wrong value or an unknown\n");
        page.Append("key the program does not start; `sflow-exporter check` shows what is wrong. `./build docs` writes this page.\n");
        string section = "";
        foreach (OptionEntry entry in Settings.Catalogue)
        {
            if (entry.Section != section) page.Append($"\n## {section = entry.Section}\n\n| key | command line | default | allowed | meaning |\n|---|---|---|---|---|\n");
            string standard = entry.DefaultOf(defaults.Section(entry.Section));
            page.Append($"| `{entry.Key}` | `{entry.CommandLine}` | {(standard.Length == 0 ? "" : $"`{standard}`")} | {entry.Allowed.Replace("|", "\\|", StringComparison.Ordinal)} | {entry.Description} |\n");
        }
        return page.ToString();
    }
}
