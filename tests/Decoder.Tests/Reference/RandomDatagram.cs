using SFlow.Tests;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>A well-formed datagram of random samples with random records of every kind, and the values in it.</summary>
internal sealed class RandomDatagram
{
    private static readonly ILookup<string, ReferenceStructure> Kinds = ReferenceStructure.All.Values.ToLookup(structure => structure.Kind);

    public byte[] Bytes { get; }

    public Dictionary<string, string> Values { get; } = [];

    public RandomDatagram(Random random)
    {
        DatagramBuilder builder = new() { Sequence = (uint)random.Next() };
        for (int at = 0, samples = random.Next(4); at < samples; at++)
        {
            bool expanded = random.Next(2) == 0;
            switch (random.Next(3))
            {
                case 0:
                    CounterSampleBuilder counters = new() { Expanded = expanded };
                    AddRecords(random, $"samples.{at}", "counter", counters.Add);
                    builder.Add(counters);
                    break;
                case 1:
                    FlowSampleBuilder discarded = new() { Expanded = true };
                    AddRecords(random, $"samples.{at}", "flow", discarded.Add);
                    byte[] records = discarded.Build()[40..];
                    builder.Add(5, [.. DatagramBuilder.Words(1, 0, 7, 0, 3, 4, 256), .. records]);
                    break;
                default:
                    FlowSampleBuilder flow = new() { Expanded = expanded };
                    AddRecords(random, $"samples.{at}", "flow", flow.Add);
                    builder.Add(flow);
                    break;
            }
        }
        Bytes = builder.Build();
    }

    private void AddRecords<T>(Random random, string path, string kind, Func<uint, byte[], T> add)
    {
        ReferenceStructure[] structures = [.. Kinds[kind]];
        for (int at = 0, count = random.Next(6); at < count; at++)
        {
            ReferenceStructure structure = structures[random.Next(structures.Length)];
            RandomRecord record = new(random);
            add(structure.Tag, record.Write(structure));
            foreach ((string name, string value) in record.Values) Values[$"{path}.records.{at}.{name}"] = value;
        }
    }
}
