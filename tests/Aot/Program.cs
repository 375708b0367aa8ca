using SFlow;
using SFlow.Captures;
using SFlow.Samples;

// Decodes every field of a capture in a program that was compiled ahead of time, and prints how many there were.
using CaptureReader reader = new(File.OpenRead(args[0]));
SFlow.Aot.Counter counter = new();
int datagrams = 0;
while (reader.TryRead(out CapturedDatagram captured))
{
    datagrams++;
    if (Datagram.TryRead(captured.Payload, out Datagram datagram) != DecodeStatus.Ok) continue;
    foreach (Structure sample in datagram.Samples)
    {
        if (FlowSample.TryRead(sample, out FlowSample flow))
        {
            foreach (Structure record in flow.Records) KnownRecords.VisitFlow(record, ref counter);
        }
        else if (CounterSample.TryRead(sample, out CounterSample counters))
        {
            foreach (Structure record in counters.Records) KnownRecords.VisitCounter(record, ref counter);
        }
    }
}
Console.WriteLine($"{datagrams} datagrams, {counter.Fields} fields");
return reader.Status == CaptureStatus.Ok && counter.Fields > 0 ? 0 : 1;
