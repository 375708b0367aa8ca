using System.Globalization;
using System.Text;

namespace SFlow.Decoder.Tests.Reference;

using Fields = Dictionary<string, string>;

/// <summary>Reads a record by its declaration into names and texts.</summary>
internal static class ReferenceRecord
{
    private static readonly string[] Lane =
    [
        "index", "tx_bias_current", "tx_power", "tx_power_min", "tx_power_max", "tx_wavelength", "rx_power", "rx_power_min", "rx_power_max", "rx_wavelength",
    ];

    /// <summary>The fields whose bytes are all there, in order up to the first that is not; and whether those are all that the record must hold.</summary>
    public static (Fields Fields, bool IsWhole) Read(ReferenceStructure structure, byte[] data)
    {
        Fields fields = [];
        ReferenceReader reader = new(data);
        bool isEthernet = structure.Name is "sampled_ethernet" or "extended_l2_tunnel_egress" or "extended_l2_tunnel_ingress";
        bool isUnpadded = isEthernet && data.Length == 20;
        string current = "";
        try
        {
            foreach (ReferenceField field in structure.Fields)
            {
                if (field.IsLater && !HasLater(structure, data)) break;
                current = field.Name;
                if (isUnpadded && field.Type == "mac") fields[field.Name] = new ReferenceReader([.. reader.Bytes(6), 0, 0]).Mac();
                else Read(field.Type, field.Name, reader, fields);
            }
            return (fields, true);
        }
        catch (ReferenceReader.EndOfBytesException)
        {
            // A list of which a part is there is none.
            foreach (string name in fields.Keys.Where(name => name.StartsWith(current + ".", StringComparison.Ordinal) || name.StartsWith(current + "_segments.", StringComparison.Ordinal)).ToList())
                fields.Remove(name);
            // Only a whole record shows where the second address begins.
            if (isEthernet) foreach (string name in (string[])["dst_mac", "type"]) fields.Remove(name);
            if (structure.Name == "extended_router" && fields.Count == 0) ReadMasks(data, fields);
            return (fields, false);
        }
    }

    /// <summary>The masks of a next hop of no known type are the last two words, where the length leaves 0, 4 or 16 bytes for the address.</summary>
    private static void ReadMasks(byte[] data, Fields fields)
    {
        if (data.Length is not (12 or 16 or 28) || new ReferenceReader(data).Word() <= 2) return;
        ReferenceReader masks = new(data[^8..]);
        fields["src_mask"] = Text(masks.Word());
        fields["dst_mask"] = Text(masks.Word());
    }

    /// <summary>Later fields come all together; those that are all unknown, or not all there, are treated as absent.</summary>
    private static bool HasLater(ReferenceStructure structure, byte[] data)
    {
        int later = structure.Fields.Count(field => field.IsLater) * 4;
        int length = structure.Fields.Sum(field => field.Type == "u64" ? 8 : 4);
        return data.Length >= length && data.Skip(length - later).Take(later).Any(one => one != 255);
    }

    private static void Read(string type, string name, ReferenceReader reader, Fields fields)
    {
        switch (type)
        {
            case "u32":
                fields[name] = Text(reader.Word());
                break;
            case "i32":
                fields[name] = ((long)reader.Word() is var wide && wide > int.MaxValue ? wide - (1L << 32) : wide).ToString(CultureInfo.InvariantCulture);
                break;
            case "u64":
                fields[name] = (reader.Word() * (UInt128)4_294_967_296 + reader.Word()).ToString(CultureInfo.InvariantCulture);
                break;
            case "id64":
                fields[name] = Hex(reader.Bytes(8));
                break;
            case "f32":
                fields[name] = BitConverter.ToSingle([.. reader.Bytes(4).Reverse()]).ToString("R", CultureInfo.InvariantCulture);
                break;
            case "mac":
                byte[] mac = reader.Bytes(6);
                fields[name] = new ReferenceReader([.. mac, 0, 0]).Mac();
                reader.Bytes(2);
                break;
            case "ip4":
                fields[name] = ReferenceReader.Text(reader.Bytes(4));
                break;
            case "ip6":
                fields[name] = ReferenceReader.Text(reader.Bytes(16));
                break;
            case "address":
                fields[name] = reader.Address();
                break;
            case "string":
                fields[name] = Encoding.UTF8.GetString(reader.Opaque());
                break;
            case "opaque":
                fields[name] = Hex(reader.Opaque());
                break;
            case "uuid":
                fields[name] = Hex(reader.Bytes(16));
                break;
            case "header":
                uint length = reader.Word();
                fields["header_length"] = Text(length);
                fields[name] = Hex(reader.Bytes(length));
                break;
            default:
                ReadList(type, name, reader, fields);
                break;
        }
    }

    private static void ReadList(string type, string name, ReferenceReader reader, Fields fields)
    {
        uint count = reader.Word();
        List<string> flat = [];
        for (uint i = 0; i < count; i++)
        {
            switch (type)
            {
                case "u32<>":
                    fields[$"{name}.{i}"] = Text(reader.Word());
                    break;
                case "lane<>":
                    foreach (string field in Lane) fields[$"{name}.{i}.{field}"] = Text(reader.Word());
                    break;
                case "adapter<>":
                    fields[$"{name}.{i}.if_index"] = Text(reader.Word());
                    uint macs = reader.Word();
                    for (uint at = 0; at < macs; at++) fields[$"{name}.{i}.mac_address.{at}"] = reader.Mac();
                    break;
                case "as_path":
                    fields[$"{name}_segments.{i}.type"] = Text(reader.Word());
                    uint systems = reader.Word();
                    for (uint at = 0; at < systems; at++)
                    {
                        flat.Add(Text(reader.Word()));
                        fields[$"{name}_segments.{i}.as.{at}"] = flat[^1];
                    }
                    break;
                default:
                    throw new InvalidOperationException(type);
            }
        }
        for (int i = 0; i < flat.Count; i++) fields[$"{name}.{i}"] = flat[i];
    }

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
}
