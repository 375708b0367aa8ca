using System.CommandLine;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary>An option of the catalogue on the command line; <see cref="HelpPage"/> groups these by section.</summary>
internal sealed class CatalogueOption : Option<string?>
{
    public CatalogueOption(OptionEntry entry, string standard) : base(entry.CommandLine)
    {
        (Entry, Default) = (entry, standard);
        Description = entry.Description;
        HelpName = entry.Placeholder;
    }

    public OptionEntry Entry { get; }

    /// <summary>As text; empty if there is none.</summary>
    public string Default { get; }
}
