namespace SFlow.Exporter.Http;

/// <summary>Why a request was refused or a connection was closed; the label value is the name in snake_case.</summary>
internal enum HttpRefusal
{
    /// <summary>The name in the request's Host is not ours.</summary>
    Host,

    /// <summary>The maximum of requests was in progress.</summary>
    Busy,

    /// <summary>The client had not read the answer when another one needed its place.</summary>
    Stalled,

    /// <summary>The answer took longer than the limit.</summary>
    Timeout,

    /// <summary>The maximum of connections was open, so that one was closed for a new one.</summary>
    Connections,

    /// <summary>The system had no file descriptor for a new connection.</summary>
    Descriptors,

    /// <summary>A fault of the program itself.</summary>
    Fault,
}
