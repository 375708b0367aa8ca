using System.Globalization;
using System.Net;
using System.Text;
using SFlow.Tests;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>Writes a record of any declaration with random values, and notes the values that it wrote.</summary>
internal sealed class RandomRecord(Random random)
{
    private readonly List<byte> bytes = [];

    public Dictionary<string, string> Values { get; } = [];

    public byte[] Write(ReferenceStructure structure)
    {
        bool isShort = random.Next(2) == 0;
        foreach (ReferenceField field in structure.Fields)
        {
            if (!(field.IsLater && isShort)) Write(field.Type, field.Name);
        }
        return [.. bytes];
    }

    private void Write(string type, string name)
    {
        switch (type)
        {
            case "u32":
                Values[name] = Word().ToString(CultureInfo.InvariantCulture);
                break;
            case "i32":
                Values[name] = unchecked((int)Word()).ToString(CultureInfo.InvariantCulture);
                break;
            case "u64":
                Values[name] = ((ulong)Word() << 32 | Word()).ToString(CultureInfo.InvariantCulture);
                break;
            case "id64":
                Values[name] = Convert.ToHexStringLower(Some(8));
                break;
            case "f32":
                float real = (float)(random.NextDouble() * 100);
                Add(BitConverter.GetBytes(real).Reverse());
                Values[name] = real.ToString("R", CultureInfo.InvariantCulture);
                break;
            case "mac":
                Values[name] = Mac();
                break;
            case "ip4" or "ip6":
                Values[name] = new IPAddress(Some(type == "ip4" ? 4 : 16)).ToString();
                break;
            case "address":
                int version = random.Next(3);
                Add(DatagramBuilder.Words((uint)version));
                Values[name] = version == 0 ? "::" : new IPAddress(Some(version == 1 ? 4 : 16)).ToString();
                break;
            case "string":
                Values[name] = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => "aé<\n\"€"[random.Next(6)]));
                Add(DatagramBuilder.Opaque(Encoding.UTF8.GetBytes(Values[name])));
                break;
            case "uuid":
                Values[name] = Convert.ToHexStringLower(Some(16));
                break;
            case "opaque" or "header":
                byte[] opaque = new byte[random.Next(80)];
                random.NextBytes(opaque);
                Add(DatagramBuilder.Opaque(opaque));
                Values[name] = Convert.ToHexStringLower(opaque);
                if (type == "header") Values["header_length"] = opaque.Length.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                WriteList(type, name);
                break;
        }
    }

    private void WriteList(string type, string name)
    {
        int count = Count(), flat = 0;
        for (int i = 0; i < count; i++)
        {
            switch (type)
            {
                case "u32<>":
                    Write("u32", $"{name}.{i}");
                    break;
                case "lane<>":
                    foreach (string field in (string[])["index", "tx_bias_current", "tx_power", "tx_power_min", "tx_power_max", "tx_wavelength", "rx_power", "rx_power_min", "rx_power_max", "rx_wavelength"])
                        Write("u32", $"{name}.{i}.{field}");
                    break;
                case "adapter<>":
                    Write("u32", $"{name}.{i}.if_index");
                    int macs = Count();
                    for (int at = 0; at < macs; at++) Values[$"{name}.{i}.mac_address.{at}"] = Mac();
                    break;
                default:
                    Write("u32", $"{name}_segments.{i}.type");
                    int systems = Count();
                    for (int at = 0; at < systems; at++, flat++)
                    {
                        Write("u32", $"{name}_segments.{i}.as.{at}");
                        Values[$"{name}.{flat}"] = Values[$"{name}_segments.{i}.as.{at}"];
                    }
                    break;
            }
        }
    }

    private int Count()
    {
        int count = random.Next(4);
        Add(DatagramBuilder.Words((uint)count));
        return count;
    }

    private uint Word()
    {
        uint word = random.Next(5) switch { 0 => 0, 1 => uint.MaxValue - 1, _ => (uint)random.NextInt64(uint.MaxValue) };
        Add(DatagramBuilder.Words(word));
        return word;
    }

    private string Mac()
    {
        byte[] mac = Some(6);
        Add([0, 0]);
        return string.Join(':', mac.Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private byte[] Some(int count)
    {
        byte[] some = new byte[count];
        random.NextBytes(some);
        Add(some);
        return some;
    }

    private void Add(IEnumerable<byte> more) => bytes.AddRange(more);
}
