using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Store;

/// <summary>
/// A page as CSV by RFC 4180 with a header row. A text that a spreadsheet would take for a formula gets a leading apostrophe;
/// what is a number in the record stays one.
/// </summary>
internal static class FlowCsv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    /// <summary>The column before the fields of the catalogue: the place in the order of writing.</summary>
    public const string PositionName = "position";

    private const int FlowsPerFlush = 64;

    public static async Task WriteAsync(SearchPage page, PipeWriter body, CancellationToken cancellation)
    {
        StringBuilder rows = new();
        AppendRow(rows, FieldCatalogue.Search.Select(field => Quote(field.Name)).Prepend(PositionName));
        for (int i = 0; i < page.Flows.Count; i++)
        {
            StoredFlow flow = page.Flows[i];
            AppendRow(rows, FieldCatalogue.Search.Select(field => Cell(field.Read!(flow))).Prepend(Cell(flow.Position)));
            if (i % FlowsPerFlush == FlowsPerFlush - 1) await FlushAsync(rows, body, cancellation);
        }
        await FlushAsync(rows, body, cancellation);
    }

    public static string Cell(FieldValue value) => value.Kind switch
    {
        FieldKind.Text => Quote(IsFormula(value.Text!) ? "'" + value.Text : value.Text!),
        FieldKind.Number => value.Number.ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => value.Number != 0 ? "true" : "false",
        _ => "",
    };

    private static bool IsFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void AppendRow(StringBuilder rows, IEnumerable<string> cells) => rows.AppendJoin(',', cells).Append("\r\n");

    private static async Task FlushAsync(StringBuilder rows, PipeWriter body, CancellationToken cancellation)
    {
        Encoding.UTF8.GetBytes(rows.ToString(), body);
        rows.Clear();
        await body.FlushAsync(cancellation);
    }
}
