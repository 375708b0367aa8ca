using System.Text;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>The name of a member as JSON, with the comma before and the colon after it, made once.</summary>
internal sealed class MemberName
{
    /// <summary>Bytes that are copied, whatever the length: a copy of constant size is two instructions, any other is a call.</summary>
    public const int Width = 32;

    private readonly byte[] text = new byte[Width];

    /// <exception cref="ArgumentException">The name is longer than 28 bytes.</exception>
    public MemberName(string name)
    {
        string member = $",\"{name}\":";
        if (!Encoding.UTF8.TryGetBytes(member, text, out int length)) throw new ArgumentException($"The name \"{name}\" is longer than {Width - 4} bytes.", nameof(name));
        Length = length;
    }

    public int Length { get; }

    public ReadOnlySpan<byte> Padded => text.AsSpan(0, Width);
}
