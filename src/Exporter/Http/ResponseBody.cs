namespace SFlow.Exporter.Http;

/// <summary>
/// Writes an answer piece by piece, each when the client took the one before. Written as a whole, the server would copy all of it into
/// buffers of its own, for each client that does not read.
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
