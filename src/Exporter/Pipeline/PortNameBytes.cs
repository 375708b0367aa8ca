using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>The name of a port in a place of fixed size: its first 64 bytes, which names of the Linux kernel (15) never exceed.</summary>
internal struct PortNameBytes : IEquatable<PortNameBytes>
{
    private Place place;

    /// <summary>Bytes of the name; 0 without a name.</summary>
    public byte Length { get; private set; }

    /// <summary>The bytes, as the agent sent them.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)place)[..Length];

    public static PortNameBytes Of(ReadOnlySpan<byte> name)
    {
        PortNameBytes bytes = default;
        bytes.Length = (byte)Math.Min(name.Length, Place.Size);
        name[..bytes.Length].CopyTo(bytes.place);
        return bytes;
    }

    public readonly bool Equals(PortNameBytes other) => Text.SequenceEqual(other.Text);

    public override readonly bool Equals(object? obj) => obj is PortNameBytes other && Equals(other);

    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Text);
        return hash.ToHashCode();
    }

    [InlineArray(Size)]
    private struct Place
    {
        public const int Size = 64;
        private byte first;
    }
}
