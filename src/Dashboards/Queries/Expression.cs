using System.Globalization;

namespace SFlow.Dashboards.Queries;

/// <summary>A PromQL expression that knows the labels of its result, so that grouping by an absent label fails here and not on a screen.</summary>
/// <param name="Text">The expression as Prometheus reads it.</param>
/// <param name="Labels">Labels that its series have.</param>
/// <param name="IsOperation">Whether it needs parentheses as an operand.</param>
internal sealed record Expression(string Text, IReadOnlyList<string> Labels, bool IsOperation = false)
{
    /// <summary>
    /// The label in which two exporters differ that hear the same agents. Prometheus' operator sets it to the Service that it scrapes by. It stays when a pod
    /// is replaced, which the instance does not. Exporters that share the work (one on each node) have one Service, and without the operator there is no such
    /// label: then all of them are one copy.
    /// </summary>
    public const string Copy = "service";

    private string Operand => IsOperation ? $"({Text})" : Text;

    public static Expression operator +(Expression left, Expression right) => Operation(left, "+", right);

    public static Expression operator -(Expression left, Expression right) => Operation(left, "-", right);

    public static Expression operator *(Expression left, Expression right) => Operation(left, "*", right);

    public static Expression operator /(Expression left, Expression right) => Operation(left, "/", right);

    public static Expression operator >=(Expression left, double right) => Operation(left, ">=", Number(right));

    public static Expression operator <=(Expression left, double right) => Operation(left, "<=", Number(right));

    /// <summary>Only the series with exactly this value.</summary>
    public Expression EqualTo(double value) => Operation(this, "==", Number(value));

    public static Expression operator >(Expression left, Expression right) => Operation(left, ">", right);

    public static Expression operator <(Expression left, Expression right) => Operation(left, "<", right);

    public static implicit operator Expression(double value) => Number(value);

    public static Expression Number(double value) => new(value.ToString(CultureInfo.InvariantCulture), []);

    /// <summary>The value of a variable that holds a number.</summary>
    public static Expression Variable(string name) => new("$" + name, []);

    /// <summary>The time of evaluation, in seconds of Unix time.</summary>
    public static Expression Time { get; } = new("time()", []);

    /// <summary>The sum. Of copies that count the same traffic, the larger one.</summary>
    public Expression Sum(params string[] by) =>
        Labels.Contains(Copy) && !by.Contains(Copy) && !by.Contains("instance") ? Aggregate("sum", [.. by, Copy]).Max(by) : Aggregate("sum", by);

    public Expression Max(params string[] by) => Aggregate("max", by);

    public Expression Count(params string[] by) => Aggregate("count", by);

    /// <summary>1 if the expression has no series, otherwise nothing.</summary>
    public Expression IsAbsent() => new($"absent({Text})", []);

    /// <summary>The series with the largest values at each time of evaluation.</summary>
    public Expression Top(int count) => this with { Text = $"topk({count}, {Text})", IsOperation = false };

    /// <summary>Zero, as a series with one label.</summary>
    public static Expression ZeroWith(string label, string value) => new Expression("vector(0)", []).With(label, value);

    /// <summary>The same, or one series of zero whose label says why there is none.</summary>
    public Expression OrNone(string label, string reason) => Or((IsAbsent() * 0).With(label, reason)) with { Labels = Labels };

    /// <summary>The same, with zero where there is no series at all.</summary>
    public Expression OrZero() => Operation(this, "or", new Expression("vector(0)", []));

    /// <summary>The other's series where this has none of the same labels.</summary>
    public Expression Or(Expression other) => Operation(this, "or", other);

    /// <summary>The largest values first; for tables.</summary>
    public Expression LargestFirst() => this with { Text = $"sort_desc({Text})", IsOperation = false };

    /// <summary>The same series with one more label.</summary>
    public Expression With(string label, string value) =>
        this with { Text = $"label_replace({Text}, \"{label}\", \"{value}\", \"\", \"\")", Labels = [.. Labels, label], IsOperation = false };

    /// <summary>The same series, with the value of one label in another one too.</summary>
    public Expression Duplicate(string from, string to) => this with { Text = $"label_join({Text}, \"{to}\", \"\", \"{from}\")", IsOperation = false };

    public Expression And(Expression other) => Operation(this, "and", other) with { Labels = Labels };

    /// <summary>The same, if the other has any series.</summary>
    public Expression AndAny(Expression other) => Operation(this, "and on ()", other) with { Labels = Labels };

    public Expression Unless(Expression other) => Operation(this, "unless", other) with { Labels = Labels };

    public Expression Absolute() => Call("abs");

    public Expression SquareRoot() => Call("sqrt");

    public Expression Exponential() => Call("exp");

    public Expression AtLeast(double minimum) => this with { Text = $"clamp_min({Text}, {Number(minimum).Text})", IsOperation = false };

    /// <summary>Joins labels into a new one.</summary>
    public Expression Join(string label, string separator, params string[] of) => this with
    {
        Text = $"label_join({Text}, \"{label}\", \"{separator}\", {string.Join(", ", Checked(of).Select(name => $"\"{name}\""))})",
        Labels = [.. Labels, label],
        IsOperation = false,
    };

    private Expression Call(string function) => this with { Text = $"{function}({Text})", IsOperation = false };

    private Expression Aggregate(string function, string[] by) =>
        new(by.Length == 0 ? $"{function}({Text})" : $"{function} by ({string.Join(", ", Checked(by))}) ({Text})", by);

    private string[] Checked(string[] labels)
    {
        string? absent = labels.FirstOrDefault(label => !Labels.Contains(label) && label[0] != '$');
        return absent is null ? labels : throw new ArgumentException($"{Text} has no label {absent}, only {string.Join(", ", Labels)}", nameof(labels));
    }

    private static Expression Operation(Expression left, string symbol, Expression right) =>
        new($"{left.Operand} {symbol} {right.Operand}", left.Labels.Count >= right.Labels.Count ? left.Labels : right.Labels, IsOperation: true);
}
