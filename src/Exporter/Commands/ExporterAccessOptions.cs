using System.CommandLine;

namespace SFlow.Exporter.Commands;

/// <summary>Options of verbs that read from a running exporter.</summary>
internal sealed class ExporterAccessOptions
{
    private readonly Option<string> url = Text("--url", "Read from the exporter at this URL. The default is the exporter on this machine, by the same configuration.", "URL"),
        authority = Text("--url-ca", "Trust the certificate authorities of this PEM file for --url. The default is those of the system.", "FILE"),
        user = Text("--user", "Log in to the exporter with this name. The default is no login.", "NAME"),
        passwordFile = Text("--password-file", "Read the password of --user from this file.", "FILE"),
        tokenFile = Text("--token-file", "Send the bearer token of this file to the exporter. The default is none.", "FILE");

    /// <summary>Gives a verb the options.</summary>
    public static ExporterAccessOptions AddTo(Command verb)
    {
        ExporterAccessOptions added = new();
        foreach (Option<string> option in (Option<string>[])[added.url, added.authority, added.user, added.passwordFile, added.tokenFile]) verb.Add(option);
        return added;
    }

    public ExporterAccess Of(ParseResult parsed) => new(parsed.GetRequiredValue(url), parsed.GetRequiredValue(authority), parsed.GetRequiredValue(user), parsed.GetRequiredValue(passwordFile), parsed.GetRequiredValue(tokenFile));

    private static Option<string> Text(string name, string description, string placeholder) => new(name) { Description = description, HelpName = placeholder, DefaultValueFactory = _ => "" };
}
