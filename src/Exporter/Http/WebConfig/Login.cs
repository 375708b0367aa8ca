using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>
/// Asks for a user name and password (RFC 7617) if the web configuration has users. Health needs none, because a kubelet has none. A password that was right
/// once is known by a keyed hash, because bcrypt is slow on purpose; others are tried one at a time, so that guessing takes at most one processor.
/// </summary>
internal sealed class Login(WebAccess access, HttpFigures figures) : IDisposable
{
    private const string Challenge = "Basic realm=\"sflow-exporter\", charset=\"UTF-8\"";

    /// <summary>Right passwords that are remembered.</summary>
    private const int Remembered = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> right = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Whether the request may go on. If not, the refusal is written.</summary>
    public async Task<bool> AllowsAsync(HttpContext context)
    {
        IReadOnlyDictionary<string, string> users = access.Configuration.Users;
        if (users.Count == 0 || context.Request.Path.StartsWithSegments("/-", StringComparison.Ordinal)) return true;
        if (!TryRead(context.Request.Headers.Authorization.ToString(), out string user, out string password)) return await RefuseAsync(context);
        bool known = users.TryGetValue(user, out string? hash);
        // An unknown user takes as long as a known one, so that the time does not reveal user names.
        hash ??= users.Values.First();
        string print = PrintOf(user, password, hash);
        if (known && right.ContainsKey(print)) return true;
        if (!await turn.WaitAsync(Patience, context.RequestAborted))
        {
            figures.Count(HttpRefusal.Busy);
            context.Response.Headers.RetryAfter = "1";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many passwords are being checked. Try again in a second.");
            return false;
        }
        try
        {
            if (!BCrypt.Net.BCrypt.Verify(password, hash) || !known) return await RefuseAsync(context);
        }
        finally
        {
            turn.Release();
        }
        if (right.Count >= Remembered) right.Clear();
        right[print] = true;
        return true;
    }

    public void Dispose() => turn.Dispose();

    private Task<bool> RefuseAsync(HttpContext context)
    {
        figures.Count(HttpRefusal.Login);
        context.Response.Headers.WWWAuthenticate = Challenge;
        return FinishAsync();

        async Task<bool> FinishAsync()
        {
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "Log in with a user and password of the exporter's web configuration (basic_auth_users).");
            return false;
        }
    }

    /// <summary>The hash is part of it: after another password was set, the former one is no longer known.</summary>
    private string PrintOf(string user, string password, string hash) => Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user}\n{hash}\n{password}")));

    private static bool TryRead(string header, out string user, out string password)
    {
        (user, password) = ("", "");
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        string packed = header[6..].Trim();
        if (packed.Length > 1_024 || !Base64.IsValid(packed)) return false;
        string login = Encoding.UTF8.GetString(Convert.FromBase64String(packed));
        int colon = login.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        (user, password) = (login[..colon], login[(colon + 1)..]);
        return true;
    }
}
