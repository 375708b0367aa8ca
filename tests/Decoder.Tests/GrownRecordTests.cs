using SFlow.CounterRecords;

namespace SFlow.Decoder.Tests;

/// <summary>Records that grew while in use are read in both lengths; what lies between the two lengths invents nothing.</summary>
public sealed class GrownRecordTests
{
    private static readonly byte[] Ascending = [.. Enumerable.Range(1, 200).Select(value => (byte)value)];

    [Theory]
    [InlineData(67, null)]
    [InlineData(68, uint.MaxValue)]
    [InlineData(69, uint.MaxValue)]
    [InlineData(72, uint.MaxValue)]
    [InlineData(76, uint.MaxValue)]
    [InlineData(79, uint.MaxValue)]
    [InlineData(80, 0x45464748u)]
    [InlineData(84, 0x45464748u)]
    public void Steal_of_host_CPU_is_known_in_the_long_form_only(int length, uint? steal)
    {
        bool isRead = HostCpu.TryRead(Ascending.AsSpan(0, length), out HostCpu record);
        Assert.Equal(steal is not null, isRead);
        if (steal is null) return;
        Assert.Equal(0x41424344u, record.ContextSwitches);
        Assert.Equal(steal.Value, record.Steal);
        Assert.Equal(steal == uint.MaxValue ? uint.MaxValue : 0x4D4E4F50u, record.GuestNice);
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(100, uint.MaxValue)]
    [InlineData(104, uint.MaxValue)]
    [InlineData(107, uint.MaxValue)]
    [InlineData(108, 0x65666768u)]
    public void Open_files_of_a_JVM_are_known_in_the_long_form_only(int length, uint? open)
    {
        bool isRead = JvmStatistics.TryRead(Ascending.AsSpan(0, length), out JvmStatistics record);
        Assert.Equal(open is not null, isRead);
        if (open is null) return;
        Assert.Equal(0x61626364u, record.ThreadsStarted);
        Assert.Equal(open.Value, record.FilesOpen);
    }
}
