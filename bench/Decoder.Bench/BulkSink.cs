using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SFlow.Bench;

/// <summary>A server that reads bulk requests and answers each that all of its items are created, without a look at them.</summary>
internal static class BulkSink
{
    private const string Command = "bulk-sink";
    private const int Items = 2_000;

    /// <summary>Starts this program again as the server.</summary>
    public static Process Start(out Uri url)
    {
        Process server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.GetCommandLineArgs()[..1].Where(_ => Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)), Command]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        url = new Uri($"http://127.0.0.1:{server.StandardOutput.ReadLine()}/");
        return server;
    }

    public static bool IsCommand(string[] arguments) => arguments is [Command];

    public static async Task RunAsync()
    {
        string body = $"{{\"errors\":false,\"items\":[{string.Join(',', Enumerable.Repeat("{\"create\":{\"status\":201}}", Items))}]}}";
        byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync();
            _ = Task.Run(() => AnswerAsync(client, answer));
        }
    }

    private static async Task AnswerAsync(TcpClient client, byte[] answer)
    {
        using TcpClient connection = client;
        NetworkStream stream = connection.GetStream();
        byte[] buffer = new byte[1 << 20];
        int have = 0;
        while (true)
        {
            int end;
            while ((end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(have));
                if (read == 0) return;
                have += read;
            }
            long left = end + 4 + Length(Encoding.ASCII.GetString(buffer, 0, end)) - have;
            while (left > 0) left -= await stream.ReadAsync(buffer);
            have = 0;
            await stream.WriteAsync(answer);
        }
    }

    private static long Length(string head)
    {
        string line = head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
