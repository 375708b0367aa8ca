namespace SFlow.Exporter.Http;

/// <summary>Reason for a refused request or a closed connection. The label value is the name in snake_case.</summary>
internal enum HttpRefusal
{
    /// <summary>The Host header has a name that is not allowed.</summary>
    Host,

    /// <summary>The login is missing or wrong.</summary>
    Login,

    /// <summary>The maximum of requests was in progress.</summary>
    Busy,

    /// <summary>The client did not read its response, and another request needed its place.</summary>
    Stalled,

    /// <summary>The response took longer than the limit.</summary>
    Timeout,

    /// <summary>The maximum of connections was open, so one was closed for a new one.</summary>
    Connections,

    /// <summary>The system had no file descriptor for a new connection.</summary>
    Descriptors,

    /// <summary>A fault in the program.</summary>
    Fault,
}
