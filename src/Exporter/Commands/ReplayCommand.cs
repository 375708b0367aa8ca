using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SFlow.Captures;
using SFlow.Exporter.Options;
using SFlow.Exporter.Replay;

namespace SFlow.Exporter.Commands;

/// <summary><c>replay</c>: sends the datagrams of a capture to a receiver, and says how many in what time.</summary>
internal static class ReplayCommand
{
    private const double LowestRate = 0.001;

    /// <exception cref="SettingsException">The receiver or the rate is written wrongly.</exception>
    /// <exception cref="BadInputException">The capture can't be used.</exception>
    public static async Task<int> RunAsync(string file, string to, double rate, bool loop, TextWriter errors, CancellationToken stop, ushort port = CaptureReader.SFlowPort)
    {
        if (!ReceiverAddress.TryParse(to, out ReceiverAddress receiver))
            throw new SettingsException([$"--to is \"{to}\". Set it to HOST:PORT, such as 192.0.2.1:6343, collector.example:6343 or [2001:db8::1]:6343."]);
        if (rate != 0 && !(rate >= LowestRate && double.IsFinite(rate)))
            throw new SettingsException([$"--rate is {rate.ToString(CultureInfo.InvariantCulture)}. Set it to a number of datagrams per second of at least 0.001, or to 0 for the pace of the capture."]);
        Probe(file, port);
        // There is no host here to answer signals; who stops a replay wants to know how far it came.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            IPEndPoint target = await receiver.ResolveAsync(ending.Token);
            CapturePlayer player = new(() => File.OpenRead(file), target, rate, loop, TimeProvider.System, port);
            await player.PlayAsync(ending.Token);
            if (player.Status == CaptureStatus.TruncatedCapture)
                await errors.WriteLineAsync($"sflow-exporter: {file} stops in the middle of a frame. The datagrams before it were sent.");
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"sflow-exporter: sent {player.Sent} datagrams to {receiver} in {player.Elapsed.TotalSeconds:0.000} s"));
            return ExitCode.Success;
        }
        catch (SocketException fault)
        {
            await errors.WriteLineAsync($"sflow-exporter: Sending to {receiver} failed: {fault.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return ExitCode.Success;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }

    /// <summary>Finds out before anything is sent whether there is anything to send.</summary>
    private static void Probe(string file, ushort port)
    {
        using CaptureReader capture = CaptureFile.Open(file, port);
        if (capture.TryRead(out _)) return;
        CaptureFile.ThrowIfNone(file, capture);
        throw new BadInputException($"{CaptureFile.None(file, capture, port)}, and nothing was sent.");
    }
}
