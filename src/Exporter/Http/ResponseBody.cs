namespace SFlow.Exporter.Http;

/// <summary>
/// Writes a response in pieces, each after the client has read the previous one. If it were written at once, the server would copy it
/// into its own buffers for each client that does not read.
/// </summary>
internal static class ResponseBody
{
    private const int Piece = 32_768;

    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += Piece)
        {
            await context.Response.Body.WriteAsync(bytes.Slice(at, Math.Min(Piece, bytes.Length - at)), context.RequestAborted);
            InFlight.Progress(context);
        }
    }
}
