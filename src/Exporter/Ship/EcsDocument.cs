using System.Text.Json;
using SFlow.Exporter.Pipeline;
namespace SFlow.Exporter.Ship;
internal sealed class EcsDocument(Names names) { public void Write(Utf8JsonWriter writer, in FlowRecord record) { _ = names; writer.WriteNullValue(); } }
