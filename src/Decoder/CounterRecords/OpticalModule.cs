using System.Runtime.InteropServices;
using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>A pluggable optical module (sFlow optical interface structures, <c>sfp</c>). Powers are microwatts, wavelengths nanometres; 0 is unknown.</summary>
public readonly ref struct OpticalModule : IRecord<OpticalModule>
{
    /// <summary>Data format 0:10.</summary>
    public const uint Tag = 10;

    private OpticalModule(scoped ref XdrReader reader)
    {
        Id = reader.UInt32();
        TotalLanes = reader.UInt32();
        SupplyVoltage = reader.UInt32();
        Temperature = (int)reader.UInt32();
        Lanes = MemoryMarshal.Cast<byte, OpticalLane>(reader.Array(OpticalLane.Length));
    }

    /// <summary>Number of the module (ENTITY-MIB).</summary>
    public uint Id { get; }

    /// <summary>Lanes of the module, active or not.</summary>
    public uint TotalLanes { get; }

    /// <summary>Supply voltage in millivolts.</summary>
    public uint SupplyVoltage { get; }

    /// <summary>Temperature in thousandths of a degree Celsius.</summary>
    public int Temperature { get; }

    /// <summary>The active lanes.</summary>
    public ReadOnlySpan<OpticalLane> Lanes { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out OpticalModule record)
    {
        XdrReader reader = new(data);
        record = new OpticalModule(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<OpticalModule>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new OpticalModule(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("module_id"u8, Id);
        visitor.Number("module_num_lanes"u8, TotalLanes);
        visitor.Number("module_supply_voltage"u8, SupplyVoltage);
        visitor.Signed("module_temperature"u8, Temperature);
        visitor.BeginList("lanes"u8);
        foreach (ref readonly OpticalLane lane in Lanes)
        {
            visitor.BeginGroup();
            lane.Visit(ref visitor);
            visitor.EndGroup();
        }
        visitor.EndList();
    }
}
