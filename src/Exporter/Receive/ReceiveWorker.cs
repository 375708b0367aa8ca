using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>One receive thread: its socket, its batch of slots, its pipeline.</summary>
internal sealed class ReceiveWorker(UdpSocket socket, DatagramBatch batch, IDatagramIntake intake, WorkerCounters counters, TimeSpan drain, TimeProvider time, ReceiveCoalescing pause)
{
    /// <summary>Maximum age of a partial record batch. With slow but steady traffic, the receive timeout never expires.</summary>
    private static readonly long IdlePeriod = (long)TimeSpan.FromSeconds(1).TotalNanoseconds;

    private readonly SteadyClock clock = new(time);
    private long idleSince;

    /// <summary>Receives until the stop, then reads the queue of the socket and closes it.</summary>
    /// <returns>False if the deadline passed and datagrams remained in the queue.</returns>
    public bool Run(CancellationToken stop)
    {
        using (socket)
        using (batch)
        {
            while (!stop.IsCancellationRequested)
            {
                int received = Receive(wait: true);
                if (received == 0) Idle(clock.Now);
                else pause.After(received);
            }
            socket.RefuseMore();
            long deadline = clock.Now + (long)drain.TotalNanoseconds;
            bool more = true;
            while (more && clock.Now < deadline) more = Receive(wait: false) > 0;
            intake.Flush();
            intake.Idle();
            return !more;
        }
    }

    private int Receive(bool wait)
    {
        int received = batch.Receive(wait);
        if (received == 0) return 0;

        long now = UnixNow(), steady = clock.Now;
        for (int i = 0; i < received; i++) Take(batch[i], now, steady);
        intake.Flush();
        if (steady - idleSince >= IdlePeriod) Idle(steady);
        return received;
    }

    private void Take(in ReceivedDatagram datagram, long now, long steady)
    {
        if (datagram.IsCut)
        {
            counters.CountReceived(datagram.Payload.Length);
            counters.Count(DatagramOutcome.TooLong);
            return;
        }
        intake.Take(datagram.Payload, new DatagramOrigin(now, datagram.Sender, datagram.SenderPort) { SteadyNanoseconds = steady });
    }

    private void Idle(long now)
    {
        idleSince = now;
        intake.Idle();
    }

    /// <summary>Nanoseconds of Unix time.</summary>
    private long UnixNow() => time.GetUtcNow().ToUnixNanoseconds();
}
