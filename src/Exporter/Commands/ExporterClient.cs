using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>A response of the exporter.</summary>
/// <param name="Status">Status of HTTP; 0 without a response.</param>
/// <param name="Body">The body, or why there is no response.</param>
internal readonly record struct ExporterResponse(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>For people: the status with the beginning of the body, as one line.</summary>
    public string Described => Status == 0 ? Body : $"status {Status}: {CleanText.Of(Body.Length > 200 ? Body[..200] + "..." : Body).Trim()}";
}

/// <summary>How to reach a running exporter over HTTP.</summary>
/// <param name="Url">Base URL; empty for the exporter on this machine by the same configuration.</param>
/// <param name="Authority">PEM file of the authority of its certificate; empty for those of the system.</param>
/// <param name="User">Name for its login; empty for none.</param>
/// <param name="PasswordFile">File with the password of the user.</param>
/// <param name="TokenFile">File with a bearer token; empty for none.</param>
internal sealed record ExporterAccess(string Url = "", string Authority = "", string User = "", string PasswordFile = "", string TokenFile = "");

/// <summary>Reads from a running exporter as a person would with curl. Whatever goes wrong on the way is a response too.</summary>
internal sealed class ExporterClient : IDisposable
{
    private const long LongestSecret = 65_536;

    private readonly HttpClient client;

    /// <exception cref="SettingsException">The URL is malformed.</exception>
    /// <exception cref="BadInputException">A file can't be read.</exception>
    public ExporterClient(ExporterAccess access, HttpOptions http)
    {
        TlsConfiguration? tls = access.Url.Length > 0 ? null : WebConfigurationFile.Read(http.WebConfig).Configuration.Tls;
        Address = access.Url.Length > 0 ? Parse(access.Url) : Local(http, tls is not null);
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = access.Url.Length > 0 };
        // The certificate of the exporter on this machine is for the name of a Service. It is recognized by its content.
        if (tls is not null) handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOneOf(Certificates(tls.CertificateFile)) };
        else if (access.Authority.Length > 0) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = PemText.TrustOnly(Certificates(access.Authority)) };
        client = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 512 << 20 };
        if (access.TokenFile.Length > 0) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret(access.TokenFile));
        else if (access.User.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.User}:{Secret(access.PasswordFile)}")));
    }

    public Uri Address { get; }

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ExporterResponse> GetAsync(string path, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), stop);
            return new ExporterResponse((int)response.StatusCode, await response.Content.ReadAsStringAsync(stop));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ExporterResponse(0, $"no response within {Duration.Format(client.Timeout)}");
        }
        catch (HttpRequestException fault)
        {
            return new ExporterResponse(0, NetworkFault.Describe(fault));
        }
    }

    public void Dispose() => client.Dispose();

    private static Uri Parse(string url) => HttpUrl.TryParse(url.TrimEnd('/') + "/", out Uri? parsed)
        ? parsed
        : throw new SettingsException([$"--url is \"{CleanText.Of(url)}\". Set it to a URL such as https://sflow-exporter-metrics.sflow.svc:16343, without user and password."]);

    private static Uri Local(HttpOptions http, bool encrypted)
    {
        string host = IPAddress.TryParse(http.ListenAddress(), out IPAddress? listen) && !listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any) ? listen.ToString() : "127.0.0.1";
        return new Uri($"{(encrypted ? "https" : "http")}://{(host.Contains(':') ? $"[{host}]" : host)}:{http.Port}/");
    }

    private static RemoteCertificateValidationCallback IsOneOf(X509Certificate2Collection known) =>
        (_, certificate, _, _) => certificate is not null && known.Any(one => one.RawData.AsSpan().SequenceEqual(certificate.GetRawCertData()));

    private static X509Certificate2Collection Certificates(string file)
    {
        try
        {
            return PemText.Certificates(Encoding.UTF8.GetBytes(Read(file)));
        }
        catch (CryptographicException fault)
        {
            throw new BadInputException($"{file} can't be used: {fault.Message}");
        }
    }

    private static string Secret(string file) => file.Length > 0 ? Read(file).Trim() : throw new SettingsException(["--user needs --password-file."]);

    private static string Read(string file)
    {
        try
        {
            using StreamReader reader = new(RegularFile.Open(file, LongestSecret));
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file} can't be read: {fault.Message}");
        }
    }
}
