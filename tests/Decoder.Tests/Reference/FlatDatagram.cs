using System.Globalization;
using System.Text;
using SFlow.Samples;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>What the decoder reads of a datagram, under the paths of <see cref="ReferenceDatagram"/>.</summary>
internal static class FlatDatagram
{
    private delegate RecordStatus VisitRecord(in Structure record, ref FlatVisitor visitor);

    public static (DecodeStatus Status, Dictionary<string, string> Values) Read(ReadOnlySpan<byte> payload)
    {
        Dictionary<string, string> values = [];
        DecodeStatus status = Datagram.TryRead(payload, out Datagram datagram);
        if (status != DecodeStatus.Ok) return (status, values);
        values["agent"] = datagram.Agent.ToString();
        Add(values, "", ("sub_agent_id", datagram.SubAgentId), ("sequence", datagram.Sequence), ("uptime_ms", datagram.UptimeMilliseconds));
        int index = 0;
        StructureEnumerator samples = datagram.Samples;
        while (samples.MoveNext())
        {
            DecodeStatus fault = Sample(values, $"samples.{index++}.", samples.Current);
            if (status == DecodeStatus.Ok) status = fault;
        }
        return (status == DecodeStatus.Ok ? samples.Status : status, values);
    }

    private static DecodeStatus Sample(Dictionary<string, string> values, string path, in Structure sample)
    {
        if (FlowSample.TryRead(sample, out FlowSample flow))
        {
            Add(values, path, ("sequence", flow.Sequence), ("source.0", flow.Source.Type), ("source.1", flow.Source.Index),
                ("sampling_rate", flow.SamplingRate), ("sample_pool", flow.SamplePool), ("drops", flow.Drops),
                ("input.0", flow.Input.Format), ("input.1", flow.Input.Value), ("output.0", flow.Output.Format), ("output.1", flow.Output.Value));
            return Records(values, path, flow.Records, KnownRecords.VisitFlow);
        }
        if (CounterSample.TryRead(sample, out CounterSample counters))
        {
            Add(values, path, ("sequence", counters.Sequence), ("source.0", counters.Source.Type), ("source.1", counters.Source.Index));
            return Records(values, path, counters.Records, KnownRecords.VisitCounter);
        }
        if (DiscardedPacket.TryRead(sample, out DiscardedPacket lost))
        {
            Add(values, path, ("sequence", lost.Sequence), ("source.0", lost.Source.Type), ("source.1", lost.Source.Index),
                ("drops", lost.Drops), ("input", lost.Input), ("output", lost.Output), ("reason", lost.Reason));
            return Records(values, path, lost.Records, KnownRecords.VisitFlow);
        }
        return sample.Tag is >= 1 and <= 5 ? DecodeStatus.Malformed : DecodeStatus.Ok;
    }

    private static DecodeStatus Records(Dictionary<string, string> values, string path, StructureEnumerator records, VisitRecord visit)
    {
        DecodeStatus status = DecodeStatus.Ok;
        for (int index = 0; records.MoveNext(); index++)
        {
            FlatVisitor visitor = new(values, $"{path}records.{index}.");
            Add(values, $"{path}records.{index}.", ("tag", records.Current.Tag), ("length", records.Current.Length));
            if (visit(records.Current, ref visitor) == RecordStatus.Malformed) status = DecodeStatus.Malformed;
        }
        return records.Status == DecodeStatus.Ok ? status : records.Status;
    }

    private static void Add(Dictionary<string, string> values, string path, params ReadOnlySpan<(string Name, uint Value)> fields)
    {
        foreach ((string name, uint value) in fields) values[path + name] = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Elements of a list stand under their position.</summary>
    private sealed class FlatVisitor(Dictionary<string, string> values, string path) : IFieldVisitor
    {
        private readonly Stack<(string Path, int Next)> open = new([(path, -1)]);

        public void Number(ReadOnlySpan<byte> name, ulong value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

        public void Signed(ReadOnlySpan<byte> name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

        public void Real(ReadOnlySpan<byte> name, float value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

        public void Identifier(ReadOnlySpan<byte> name, ulong value) => Add(name, value.ToString("x16", CultureInfo.InvariantCulture));

        public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, Encoding.UTF8.GetString(value));

        public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, Convert.ToHexStringLower(value));

        public void Address(ReadOnlySpan<byte> name, Address value) => Add(name, value.ToString());

        public void Mac(ReadOnlySpan<byte> name, ulong value) => Add(name, PacketJson.Mac(value));

        public void BeginList(ReadOnlySpan<byte> name) => open.Push((Path(name) + ".", 0));

        public void EndList() => open.Pop();

        public void BeginGroup() => open.Push((Path(default) + ".", -1));

        public void EndGroup() => open.Pop();

        private void Add(ReadOnlySpan<byte> name, string value) => values[Path(name)] = value;

        private string Path(ReadOnlySpan<byte> name)
        {
            (string within, int next) = open.Pop();
            open.Push((within, next < 0 ? next : next + 1));
            return within + (next < 0 ? Encoding.UTF8.GetString(name) : next.ToString(CultureInfo.InvariantCulture));
        }
    }
}
