namespace SFlow.Exporter.Observe;

/// <summary>
/// Ports that clients bind because only root may: bindresvport(3) of ONC RPC uses 600 to 1023, the NFS client of Linux 665 to 1023, rcmd(3)
/// and similar ones 512 to 1023. Their servers require a low client port.
/// </summary>
internal static class ReservedPorts
{
    private const ushort Lowest = 512, FirstUserPort = 1024;
    private const ushort Nfs = 2049, Lock = 4045, Status = 4046, Mount = 20_048;

    public static bool IsClient(ushort port) => port is >= Lowest and < FirstUserPort;

    /// <summary>Whether clients of this server port usually have low ports.</summary>
    public static bool IsCalled(ushort port) => port is Nfs or Lock or Status or Mount;
}
