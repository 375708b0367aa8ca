namespace SFlow.Exporter.Count;

/// <summary>What a family is without options.</summary>
/// <param name="Series">Maximum series.</param>
/// <param name="Use">When it is counted.</param>
/// <param name="Captures">When commands count it in captures.</param>
internal readonly record struct FamilyDefaults(int Series, FamilyUse Use = FamilyUse.On, CaptureUse Captures = CaptureUse.Never);

internal enum FamilyUse
{
    /// <summary>Counted if an option names it.</summary>
    Off,
    /// <summary>Counted unless an option leaves it out.</summary>
    On,
    /// <summary>Always counted: the page and other families are checked against it.</summary>
    Always,
}

internal enum CaptureUse
{
    /// <summary>Only in a running exporter.</summary>
    Never,
    /// <summary>If more is asked than the sums.</summary>
    Detailed,
    /// <summary>If the inventory has nodes: without them the family says nothing.</summary>
    WithNodes,
    Always,
}
