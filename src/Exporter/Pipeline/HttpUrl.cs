using System.Diagnostics.CodeAnalysis;

namespace SFlow.Exporter.Pipeline;

/// <summary>URLs of servers, as options take them.</summary>
internal static class HttpUrl
{
    /// <summary>Reads an absolute http or https URL. One with user and password is refused: options are visible to others.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;
}
