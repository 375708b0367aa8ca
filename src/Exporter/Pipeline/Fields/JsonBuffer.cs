using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>
/// JSON in UTF-8, written in place into one array that is used again, without an allocation. What it writes is valid JSON; who calls is responsible for
/// the order of names, values and commas. All methods return true, so that a field's writer can end with one of them.
/// </summary>
internal sealed class JsonBuffer
{
    /// <summary>Longest text of a number, an address or a moment, with its quotes.</summary>
    private const int LongestValue = 72;

    /// <summary>Characters that JSON has as they are: printable ASCII without quote and backslash.</summary>
    private static readonly SearchValues<char> Safe = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    private static readonly SearchValues<byte> SafeBytes = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (byte)code).Except("\"\\"u8.ToArray())]);

    /// <summary>Addresses whose text is in the buffer: a document has each of its addresses several times.</summary>
    private readonly (Address Address, int Start, int Length)[] addresses = new (Address, int, int)[4];

    private byte[] bytes = new byte[8 * 1024];
    private int length, known;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Bytes written. A smaller value takes back what follows.</summary>
    public int Length
    {
        get => length;
        set
        {
            length = Math.Min(value, length);
            if (known > 0 && addresses[known - 1].Start >= length) known = 0;
        }
    }

    public void Clear() => length = known = 0;

    /// <summary>Writes bytes that are JSON already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        length += json.Length;
        return true;
    }

    /// <summary>Copies bytes of this buffer to its end.</summary>
    public void Copy(int start, int count)
    {
        Span<byte> room = Room(count);
        bytes.AsSpan(start, count).CopyTo(room);
        length += count;
    }

    /// <summary>The name of a member, with the comma before it.</summary>
    public void Name(MemberName name)
    {
        name.Padded.CopyTo(Room(MemberName.Width));
        length += name.Length;
    }

    /// <summary>The end of an object: the comma before its first member becomes the brace. False, and nothing written, if the object has no member.</summary>
    /// <param name="start">Where its first member begins.</param>
    public bool CloseObject(int start)
    {
        if (length == start) return false;
        bytes[start] = (byte)'{';
        return Raw("}"u8);
    }

    /// <summary>A text of which every byte is known to be safe.</summary>
    public bool Plain(ReadOnlySpan<byte> text)
    {
        Span<byte> room = Room(text.Length + 2);
        room[0] = (byte)'"';
        text.CopyTo(room[1..]);
        room[text.Length + 1] = (byte)'"';
        length += text.Length + 2;
        return true;
    }

    /// <summary>Any text, escaped where it is not printable ASCII.</summary>
    public bool Text(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Safe)) return Escaped(text);
        Span<byte> room = Room(text.Length + 2);
        room[0] = (byte)'"';
        Ascii.FromUtf16(text, room[1..], out _);
        room[text.Length + 1] = (byte)'"';
        length += text.Length + 2;
        return true;
    }

    /// <summary>A text in UTF-8, escaped like <see cref="Text"/>.</summary>
    public bool Utf8(ReadOnlySpan<byte> text) => text.ContainsAnyExcept(SafeBytes) ? Escaped(Encoding.UTF8.GetString(text)) : Plain(text);

    public bool Number(long number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestValue), out int written);
        length += written;
        return true;
    }

    public bool Number(double number)
    {
        number.TryFormat(Room(LongestValue), out int written, default, CultureInfo.InvariantCulture);
        length += written;
        return true;
    }

    public bool NumberText(long number)
    {
        Span<byte> room = Room(LongestValue);
        Utf8Formatter.TryFormat(number, room[1..], out int written);
        room[0] = room[written + 1] = (byte)'"';
        length += written + 2;
        return true;
    }

    public bool Address(Address address)
    {
        for (int i = 0; i < known; i++)
        {
            if (addresses[i].Address != address) continue;
            Copy(addresses[i].Start, addresses[i].Length);
            return true;
        }
        Span<byte> room = Room(LongestValue);
        address.TryFormat(room[1..], out int written, default, null);
        room[0] = room[written + 1] = (byte)'"';
        if (known < addresses.Length) addresses[known++] = (address, length, written + 2);
        length += written + 2;
        return true;
    }

    private bool Escaped(string text)
    {
        Raw("\""u8);
        Span<char> escaped = stackalloc char[256];
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            JavaScriptEncoder.Default.Encode(rest, escaped, out int consumed, out int made);
            // What it writes is ASCII: everything else becomes \uXXXX.
            Ascii.FromUtf16(escaped[..made], Room(made), out _);
            length += made;
            rest = rest[consumed..];
        }
        return Raw("\""u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int size)
    {
        if (bytes.Length - length < size) Grow(size);
        return bytes.AsSpan(length);
    }

    private void Grow(int size) => Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + size));
}
