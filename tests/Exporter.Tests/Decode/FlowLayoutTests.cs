using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>The kernels write several fields of a flow by one store: these offsets must hold.</summary>
public sealed class FlowLayoutTests
{
    [Fact]
    public void The_eight_words_of_a_flow_sample_lie_one_after_the_other_twice()
    {
        Flow flow = default;
        int numbers = At(ref flow, ref flow.SampleSequence), kinds = At(ref flow, ref flow.SampleFormat);
        Assert.Equal(
            [0, 4, 8, 12, 16, 20, 24, 28],
            new[]
            {
                At(ref flow, ref flow.SampleSequence), At(ref flow, ref flow.SourceIdIndex), At(ref flow, ref flow.SamplingRate), At(ref flow, ref flow.SamplePool),
                At(ref flow, ref flow.Drops), At(ref flow, ref flow.InputValue), At(ref flow, ref flow.OutputValue), At(ref flow, ref flow.FrameLength),
            }.Select(offset => offset - numbers));
        Assert.Equal(
            [0, 4, 8, 12, 16, 20, 24, 28],
            new[]
            {
                At(ref flow, ref flow.SampleFormat), At(ref flow, ref flow.SourceIdType), At(ref flow, ref flow.TunnelVni), At(ref flow, ref flow.TunnelSource),
                At(ref flow, ref flow.TunnelDestination), At(ref flow, ref flow.InputFormat), At(ref flow, ref flow.OutputFormat), At(ref flow, ref flow.Stripped),
            }.Select(offset => offset - kinds));
    }

    [Fact]
    public void Fields_of_a_packet_lie_as_its_stores_write_them()
    {
        Flow flow = default;
        int macs = At(ref flow, ref flow.SourceMac), addresses = At(ref flow, ref flow.Source), network = At(ref flow, ref flow.IpLength), transport = At(ref flow, ref flow.SourcePort);
        Assert.Equal(8, At(ref flow, ref flow.DestinationMac) - macs);
        Assert.Equal((16, 16), (At(ref flow, ref flow.Destination) - addresses, Unsafe.SizeOf<Address>()));
        Assert.Equal(
            [4, 6, 7, 8, 9, 10],
            new[]
            {
                At(ref flow, ref flow.FragmentOffset), At(ref flow, ref flow.Protocol), At(ref flow, ref flow.Ttl), At(ref flow, ref flow.Tos), At(ref flow, ref flow.IcmpType),
                At(ref flow, ref flow.IcmpCode),
            }.Select(offset => offset - network));
        Assert.Equal(
            [2, 4, 8, 12],
            new[] { At(ref flow, ref flow.DestinationPort), At(ref flow, ref flow.TcpSequence), At(ref flow, ref flow.TcpAcknowledgement), At(ref flow, ref flow.TcpFlags) }
                .Select(offset => offset - transport));
        // 16 bytes from the length on, then what is written later; 16 bytes from the ports on, then what is written later.
        Assert.All([At(ref flow, ref flow.VlanId), At(ref flow, ref flow.EtherType), transport], offset => Assert.InRange(offset - network, 12, 16));
        Assert.All([At(ref flow, ref flow.Fault), At(ref flow, ref flow.InnerVlanId)], offset => Assert.InRange(offset - transport, 13, 15));
        Assert.InRange(Unsafe.SizeOf<Flow>() - transport, 16, int.MaxValue);
    }

    private static int At<T>(ref Flow flow, ref T field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<Flow, byte>(ref flow), ref Unsafe.As<T, byte>(ref field));
}
