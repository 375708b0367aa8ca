namespace SFlow.Captures;

/// <summary>An interface block of pcapng: the link type of its frames and how its timestamps count.</summary>
internal readonly record struct PcapngInterface(LinkType LinkType, byte Resolution, long OffsetSeconds)
{
    /// <summary>Microseconds, unless an option says otherwise.</summary>
    public const byte DefaultResolution = 6;

    private const int NanosecondDigits = 9, LargestPower = 19;

    /// <summary>Nanoseconds of Unix time. The top bit of the resolution distinguishes powers of two from powers of ten.</summary>
    public long ToNanoseconds(ulong timestamp)
    {
        int power = Resolution & 0x7F;
        UInt128 nanoseconds = (Resolution & 0x80) != 0 ? (UInt128)timestamp * 1_000_000_000 >> power
            : power <= NanosecondDigits ? (UInt128)timestamp * PowerOfTen(NanosecondDigits - power)
            : timestamp / PowerOfTen(power - NanosecondDigits);
        return unchecked((long)(ulong)nanoseconds + OffsetSeconds * 1_000_000_000);
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (int i = 0; i < Math.Min(exponent, LargestPower); i++) power *= 10;
        return power;
    }
}
