using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>One lane of a pluggable optical module (sFlow optical interface structures, <c>lane</c>).</summary>
public readonly struct OpticalLane
{
    internal const int Length = 40;

    /// <summary>Number of the lane, from 1.</summary>
    public readonly XdrUInt32 Index;

    /// <summary>Bias current of the laser in microamperes.</summary>
    public readonly XdrUInt32 SendBias;

    /// <summary>Power sent.</summary>
    public readonly XdrUInt32 SendPower;

    /// <summary>Lowest power sent since the last report.</summary>
    public readonly XdrUInt32 SendPowerMinimum;

    /// <summary>Highest power sent since the last report.</summary>
    public readonly XdrUInt32 SendPowerMaximum;

    /// <summary>Wavelength sent.</summary>
    public readonly XdrUInt32 SendWavelength;

    /// <summary>Power received.</summary>
    public readonly XdrUInt32 ReceivePower;

    /// <summary>Lowest power received since the last report.</summary>
    public readonly XdrUInt32 ReceivePowerMinimum;

    /// <summary>Highest power received since the last report.</summary>
    public readonly XdrUInt32 ReceivePowerMaximum;

    /// <summary>Wavelength received.</summary>
    public readonly XdrUInt32 ReceiveWavelength;

    internal void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("index"u8, Index);
        visitor.Number("tx_bias_current"u8, SendBias);
        visitor.Number("tx_power"u8, SendPower);
        visitor.Number("tx_power_min"u8, SendPowerMinimum);
        visitor.Number("tx_power_max"u8, SendPowerMaximum);
        visitor.Number("tx_wavelength"u8, SendWavelength);
        visitor.Number("rx_power"u8, ReceivePower);
        visitor.Number("rx_power_min"u8, ReceivePowerMinimum);
        visitor.Number("rx_power_max"u8, ReceivePowerMaximum);
        visitor.Number("rx_wavelength"u8, ReceiveWavelength);
    }
}
