using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>A cluster's traffic as the page and the dashboards would see it, made up but shaped like a real one.</summary>
internal static class SampleTraffic
{
    private static readonly string[] Namespaces =
    [
        "openshift-monitoring", "openshift-dns", "openshift-ingress", "openshift-etcd", "openshift-logging", "payments", "shop-frontend", "shop-backend",
        "warehouse-integration-staging", "kafka", "postgres-operator", "keycloak", "grafana", "ci-runners", "@node", "@internet", "@unknown", "@ovn",
    ];

    private static readonly string[] Services =
    [
        "openshift-dns/dns-default:dns", "openshift-monitoring/prometheus-k8s:web", "kafka/broker:tcp-clients", "postgres-operator/primary:postgres",
        "shop-backend/orders:http", "payments/ledger:grpc", "keycloak/keycloak:https", "@tcp/443", "@tcp/10250", "@udp/53", "@other",
    ];

    private static readonly string[] Localities = ["same_node", "same_zone", "cross_zone", "cross_region", "@office", "internet", "unknown"];

    /// <summary>Agents, faults and that many flow rows, all born just now.</summary>
    public static void Add(FakeExporter exporter, int rows)
    {
        Random random = new(20);
        HashSet<(string, string, string)> known = [];
        for (int row = 0; row < rows; row++)
        {
            (string source, string destination) = rows <= Namespaces.Length
                ? (Namespaces[row], Namespaces[(row * 5 + 3) % Namespaces.Length])
                : (Name(random), Name(random));
            string service = rows < 1_000 || random.Next(3) > 0 ? Services[random.Next(Services.Length)] : $"{Name(random)}/api-{random.Next(40)}:http";
            // A family has each set of labels once.
            if (known.Add((source, destination, service))) exporter.Flows.Add(source, destination, service, Volume(random, 100), exporter.Now);
            if (row < Namespaces.Length)
                foreach (string locality in Localities) exporter.Locality.Add([Namespaces[row], locality], Volume(random, 100), exporter.Now);
        }
        AddAgents(exporter, rows < 100 ? 3 : 60);
        AddTroubles(exporter);
    }

    /// <summary>Traffic of two seconds, very uneven over the rows.</summary>
    public static void Grow(FakeExporter exporter, Random random)
    {
        int rows = exporter.Flows.Count;
        for (int row = 1; row < rows; row++)
            if (random.Next(4) > 0) exporter.Flows.Grow(row, Volume(random, 5));
        if (rows > 100) exporter.Flows.Grow(0, Volume(random, 3));
        for (int row = 1; row < exporter.Locality.Count; row++) exporter.Locality.Grow(row, Volume(random, 5));
        foreach (WorkerCounters worker in exporter.Workers) worker.CountReceived(1_300);
        for (int id = 0; id < exporter.Agents.Count; id++)
        {
            if (id % 19 == 7) continue;
            Agent agent = exporter.Agents[id];
            agent.Datagrams += 2;
            agent.FlowSamples += 14;
            agent.LastSeen = exporter.Now;
            if (id % 9 == 1) agent.Lost += random.Next(2);
        }
        exporter.Kernel.Dropped += random.Next(3);
        exporter.Workers[0].Count(DatagramOutcome.NotSflow);
        Write(exporter, batches: 2);
    }

    private static void Write(FakeExporter exporter, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            exporter.Queue.Offer(Batch());
            if (!exporter.Queue.Reader.TryRead(out RecordBatch? batch)) continue;
            exporter.Queue.CountWritten(batch.Count);
            batch.Release();
        }
    }

    private static RecordBatch Batch()
    {
        RecordBatch batch = new RecordPool(512).Rent();
        while (!batch.IsFull) batch.Add(default);
        batch.Hold(1);
        return batch;
    }

    private static string Name(Random random)
    {
        string name = Namespaces[random.Next(Namespaces.Length)];
        return name[0] == '@' || random.Next(3) == 0 ? name : $"{name}-{random.Next(40)}";
    }

    private static FlowTotals Volume(Random random, int most)
    {
        ulong samples = (ulong)Math.Ceiling(most * Math.Pow(random.NextDouble(), 4));
        ulong length = (ulong)random.Next(80, 1_450);
        return new FlowTotals(samples * 400 * length, samples * 400, samples, samples * 400.0 * 399 * length * length, samples * 400.0 * 399);
    }

    private static void AddAgents(FakeExporter exporter, int count)
    {
        exporter.Registries.Nodes.Intern("worker-new.example", null, exporter.Now);
        for (int node = 0; node < count; node++)
        {
            Agent agent = exporter.AddAgent($"10.{128 + (node / 128)}.{node % 128 * 2}.2", node: node == 2 ? null : $"worker-{node:00}.example");
            agent.Datagrams = 10_000 + (node * 17);
            agent.FlowSamples = agent.Datagrams * 7;
            agent.CounterSamples = agent.Datagrams / 3;
            agent.SamplingRate = 400;
            agent.Lost = node % 9 == 1 ? 321 : 0;
            agent.Conflicts = node == 14 ? 12 : 0;
            agent.LastFlowSample = agent.LastCounterSample = exporter.Now;
            exporter.Calibrate(agent, exporter.Now, samples: node % 7 == 3 ? 20 : 60 * (node + 1));
            if (node % 19 == 7) agent.LastSeen = exporter.Now - (200L * 1_000_000_000);
        }
    }

    private static void AddTroubles(FakeExporter exporter)
    {
        for (int i = 0; i < 400; i++)
        {
            exporter.Workers[0].CountReceived(1_300);
            exporter.Workers[0].Count(i % 50 == 0 ? DatagramOutcome.Truncated : DatagramOutcome.Ok);
            exporter.Workers[0].Count(i % 3 == 0 ? Observation.Destination : Observation.Source);
            exporter.Workers[0].CountCounterSample();
        }
        exporter.Workers[1].Count(DatagramOutcome.NotSflow);
        exporter.Workers[1].Count(SampleFault.StrippedAboveFrameLength);
        exporter.Kernel.Dropped = 17;
        exporter.Flows.Folded = 90;
        Write(exporter, batches: 55);
        exporter.Queue.Offer(Batch());
        exporter.Skip(StructureKind.CounterRecord, 0, 1004, 5_120);
        exporter.Skip(StructureKind.FlowRecord, 4413, 3, 2);
    }
}
