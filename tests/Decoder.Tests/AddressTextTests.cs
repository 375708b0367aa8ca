using System.Net;
using System.Text;

namespace SFlow.Decoder.Tests;

/// <summary>The text of addresses, compared with the base class library's.</summary>
public sealed class AddressTextTests
{
    [Fact]
    public void The_text_in_UTF8_is_that_of_the_base_class_library()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 200_000; i++)
        {
            // Few groups are not zero, so that runs of zeros are there in every place and length.
            Array.Clear(bytes);
            for (int group = random.Next(9); group > 0; group--) random.NextBytes(bytes.AsSpan(random.Next(8) * 2, 2));
            if (i % 5 == 0) bytes[random.Next(8) * 2] = 0;
            if (i % 11 == 0) (bytes[8], bytes[9], bytes[10], bytes[11]) = ((byte)(i & 2), 0, 0x5E, 0xFE);
            Check(bytes);
            Check(bytes.AsSpan(12));
        }
    }

    [Fact]
    public void A_text_that_does_not_fit_is_refused()
    {
        Assert.False(Address.From(IPAddress.Parse("192.0.2.200")).TryFormat(new byte[10], out int written, default, null));
        Assert.Equal(0, written);
        Assert.False(Address.From(IPAddress.Parse("2001:db8::1")).TryFormat(new byte[10], out written, default, null));
        Assert.True(Address.From(IPAddress.Parse("2001:db8::1")).TryFormat(new byte[11], out written, default, null));
        Assert.Equal(11, written);
    }

    private static void Check(ReadOnlySpan<byte> bytes)
    {
        IPAddress address = new(bytes);
        Span<byte> text = stackalloc byte[65];
        Assert.True(Address.From(address).TryFormat(text, out int written, default, null));
        string expected = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
        Assert.Equal(expected, Encoding.UTF8.GetString(text[..written]));
    }
}
