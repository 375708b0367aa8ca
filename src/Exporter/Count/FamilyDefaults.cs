namespace SFlow.Exporter.Count;

/// <summary>What a family is without options.</summary>
/// <param name="Series">Maximum series.</param>
/// <param name="Use">When it is counted.</param>
/// <param name="InCaptures">Whether commands count it in captures.</param>
internal readonly record struct FamilyDefaults(int Series, FamilyUse Use = FamilyUse.On, bool InCaptures = false);

internal enum FamilyUse
{
    /// <summary>Counted if an option names it.</summary>
    Off,
    /// <summary>Counted unless an option leaves it out.</summary>
    On,
    /// <summary>Always counted: the page and other families are checked against it.</summary>
    Always,
}
