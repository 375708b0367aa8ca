namespace SFlow;

/// <summary>What became of a record: the closed set of outcomes of <see cref="KnownRecords"/>.</summary>
public enum RecordStatus : byte
{
    /// <summary>All of its fields were there.</summary>
    Ok,

    /// <summary>The record is shorter than its fields, or than what it announces. Those of its fields whose bytes are there were named.</summary>
    Malformed,

    /// <summary>No fields are known of this type: what there is, is its tag, its length and its bytes.</summary>
    Unknown,
}
