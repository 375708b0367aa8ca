using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>Opens snapshots of the history on connections of their own, so that the writer never waits for a reader.</summary>
internal sealed class HistoryReader(RecordStore store) : IHistory
{
    public IHistorySnapshot Open()
    {
        StoreFiles? files = store.Files;
        SqliteConnection? connection = null;
        try
        {
            connection = store.OpenReader();
            // All reads until the end of the transaction see one state.
            Statement.Run(connection, "BEGIN");
            return new HistorySnapshot(connection, store, files);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            if (RecordStore.IsDamage(e) && files?.AreThere != false) store.ReportDamage();
            throw Unavailable(store, e);
        }
    }

    public static HistoryUnavailableException Unavailable(RecordStore store, Exception? cause = null) =>
        new($"The history can't be read at the moment. {store.Trouble ?? cause?.Message ?? "The files of the store were deleted or replaced."} Ask again in a few seconds.", cause);
}
