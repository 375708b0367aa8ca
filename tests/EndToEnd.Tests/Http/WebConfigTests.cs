using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Http;

/// <summary>HTTPS, client certificates and logins of the program itself, and their renewal while it runs.</summary>
public sealed class WebConfigTests : IDisposable
{
    // Made by crypt(3) of glibc.
    private const string Anna = "anna", First = "spring-tide", FirstHash = "$2b$06$abcdefghijklmnopqrstuuMVtq0ZndJPFxV/vxapB3lvmykSQM/0G", Second = "neap-tide", SecondHash = "$2b$06$zbcdefghijklmnopqrstuua34HqQsMmlfSVp.Jp0D3ysoUhwQPbLy";

    private readonly string folder = Directory.CreateTempSubdirectory("sflow-web-").FullName;
    private readonly Certificates authority = new("authority of the test");

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        WriteCertificate("first.example.test");
        await using ExporterProcess exporter = await StartAsync("");
        Assert.Equal("https", exporter.Address.Scheme);
        Assert.Equal("first.example.test", await ServedNameAsync(exporter.Address));
        using HttpClient client = authority.Client(exporter.Address);
        Assert.Contains("sflow_exporter_http_web_config_up 1", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(folder, "tls.key"), "no key");
        await WaitAsync(async () => (await client.GetStringAsync("/metrics")).Contains("sflow_exporter_http_web_config_up 0", StringComparison.Ordinal));
        Assert.Equal("first.example.test", await ServedNameAsync(exporter.Address));
        Assert.Contains(exporter.Log, line => line.Contains("tls.key are not a certificate and its key in PEM", StringComparison.Ordinal));

        WriteCertificate("second.example.test");
        await WaitAsync(async () => await ServedNameAsync(exporter.Address) == "second.example.test");
        await WaitAsync(async () => (await client.GetStringAsync("/metrics")).Contains("sflow_exporter_http_web_config_up 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_clients_with_a_certificate_of_the_authority_and_an_allowed_name_get_in()
    {
        WriteCertificate("sflow.example.test");
        File.WriteAllText(Path.Combine(folder, "ca.crt"), authority.Authority.ExportCertificatePem());
        await using ExporterProcess exporter = await StartAsync("  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.crt\n  client_allowed_sans: [prometheus.example.test]\n");
        using Certificates other = new("authority of somebody else");
        using HttpClient right = authority.Client(exporter.Address, authority);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/metrics")).StatusCode);
        foreach (HttpClient wrong in (HttpClient[])[authority.Client(exporter.Address), authority.Client(exporter.Address, other), authority.Client(exporter.Address, authority, "grafana.example.test")])
        {
            using (wrong) await Assert.ThrowsAnyAsync<HttpRequestException>(() => wrong.GetAsync("/metrics"));
        }
    }

    [Fact]
    public async Task A_password_opens_the_door_until_another_one_is_set()
    {
        Write($"basic_auth_users:\n  {Anna}: {FirstHash}\n");
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--http-web-config", Path.Combine(folder, "web.yml"));
        using HttpClient client = new() { BaseAddress = exporter.Address };
        using HttpResponseMessage refusal = await client.GetAsync("/api/overview");
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        Assert.Equal("Basic", Assert.Single(refusal.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", refusal.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/-/healthy")).StatusCode);

        foreach ((string user, string password, HttpStatusCode status) in ((string, string, HttpStatusCode)[])
            [(Anna, First, HttpStatusCode.OK), (Anna, First, HttpStatusCode.OK), (Anna, Second, HttpStatusCode.Unauthorized), ("anne", First, HttpStatusCode.Unauthorized), (Anna, "", HttpStatusCode.Unauthorized)])
            Assert.Equal(status, await LogInAsync(client, user, password));

        Write($"basic_auth_users:\n  {Anna}: {SecondHash}\n");
        await WaitAsync(async () => await LogInAsync(client, Anna, Second) == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, await LogInAsync(client, Anna, First));
    }

    [Fact]
    public async Task Guessing_keeps_nobody_out_who_was_in_before()
    {
        Write($"basic_auth_users:\n  {Anna}: {FirstHash}\n  slow: $2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW\n");
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--http-web-config", Path.Combine(folder, "web.yml"));
        using HttpClient client = new() { BaseAddress = exporter.Address };
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(client, Anna, First));
        Task<HttpStatusCode>[] guesses = [.. Enumerable.Range(0, 40).Select(number => LogInAsync(client, "slow", $"guess-{number}"))];
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(client, Anna, First));
        Assert.All(await Task.WhenAll(guesses), status => Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.ServiceUnavailable, status.ToString()));
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(client, "slow", "abc123xyz"));
    }

    [Fact]
    public async Task A_file_that_can_t_be_used_does_not_start()
    {
        Write("tls_server_config:\n  cert_file: absent.crt\n  key_file: absent.key\n");
        foreach (string verb in (string[])["run", "check"])
        {
            (int code, _, string errors) = await ExporterProcess.RunAsync(verb, "--http-web-config", Path.Combine(folder, "web.yml"));
            Assert.NotEqual(0, code);
            Assert.Contains("absent.crt", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Task<ExporterProcess> StartAsync(string more)
    {
        Write($"tls_server_config:\n  cert_file: tls.crt\n  key_file: tls.key\n{more}");
        return ExporterProcess.StartAsync("run", "--http-web-config", Path.Combine(folder, "web.yml"));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "web.yml"), text);

    private void WriteCertificate(string name)
    {
        (string certificate, string key) = authority.Issue(name, client: false);
        File.WriteAllText(Path.Combine(folder, "tls.crt"), certificate);
        File.WriteAllText(Path.Combine(folder, "tls.key"), key);
    }

    private static async Task<HttpStatusCode> LogInAsync(HttpClient client, string user, string password)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/overview");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>The name in the certificate that a new handshake gets.</summary>
    private async Task<string> ServedNameAsync(Uri address)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, address.Port);
        await using SslStream secured = new(connection.GetStream());
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority.Authority);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = policy });
        return new X509Certificate2(secured.RemoteCertificate!).GetNameInfo(X509NameType.DnsName, false);
    }

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), "not within 30 s");
            await Task.Delay(100);
        }
    }
}
