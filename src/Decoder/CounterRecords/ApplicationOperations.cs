using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Operations of an application by outcome (sFlow application structures, <c>app_operations</c>). Unknown counters are all ones.</summary>
public readonly ref struct ApplicationOperations : IRecord<ApplicationOperations>
{
    /// <summary>Data format 0:2202.</summary>
    public const uint Tag = 2202;

    private ApplicationOperations(scoped ref XdrReader reader)
    {
        Application = reader.Opaque();
        Success = reader.UInt32();
        Other = reader.UInt32();
        Timeout = reader.UInt32();
        InternalError = reader.UInt32();
        BadRequest = reader.UInt32();
        Forbidden = reader.UInt32();
        TooLarge = reader.UInt32();
        NotImplemented = reader.UInt32();
        NotFound = reader.UInt32();
        Unavailable = reader.UInt32();
        Unauthorized = reader.UInt32();
    }

    /// <summary>Application, as bytes.</summary>
    public ReadOnlySpan<byte> Application { get; }

    /// <summary>Succeeded.</summary>
    public uint Success { get; }

    /// <summary>Any other outcome.</summary>
    public uint Other { get; }

    /// <summary>Timed out.</summary>
    public uint Timeout { get; }

    /// <summary>Internal errors.</summary>
    public uint InternalError { get; }

    /// <summary>Bad requests.</summary>
    public uint BadRequest { get; }

    /// <summary>Forbidden.</summary>
    public uint Forbidden { get; }

    /// <summary>Too large.</summary>
    public uint TooLarge { get; }

    /// <summary>Not implemented.</summary>
    public uint NotImplemented { get; }

    /// <summary>Not found.</summary>
    public uint NotFound { get; }

    /// <summary>Unavailable.</summary>
    public uint Unavailable { get; }

    /// <summary>Not authorised.</summary>
    public uint Unauthorized { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationOperations record)
    {
        XdrReader reader = new(data);
        record = new ApplicationOperations(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ApplicationOperations>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ApplicationOperations(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("application"u8, Application);
        visitor.Number("success"u8, Success);
        visitor.Number("other"u8, Other);
        visitor.Number("timeout"u8, Timeout);
        visitor.Number("internal_error"u8, InternalError);
        visitor.Number("bad_request"u8, BadRequest);
        visitor.Number("forbidden"u8, Forbidden);
        visitor.Number("too_large"u8, TooLarge);
        visitor.Number("not_implemented"u8, NotImplemented);
        visitor.Number("not_found"u8, NotFound);
        visitor.Number("unavailable"u8, Unavailable);
        visitor.Number("unauthorized"u8, Unauthorized);
    }
}
