using System.Reflection;

namespace SFlow.Exporter.Tests;

/// <summary>All fields that can be reached from an object, as text, to see whether anything in it changed.</summary>
internal static class ObjectGraph
{
    public static string[] Read(object root)
    {
        List<string> lines = [];
        Walk(root, "", new HashSet<object>(ReferenceEqualityComparer.Instance), lines);
        return [.. lines];
    }

    private static void Walk(object? value, string path, HashSet<object> seen, List<string> lines)
    {
        if (value is null or string or Delegate or Type || value.GetType() is { IsPrimitive: true } or { IsEnum: true } or { IsPointer: true })
        {
            if (value is not Delegate) lines.Add($"{path} = {value ?? "null"}");
            return;
        }
        if (!value.GetType().IsValueType && !seen.Add(value)) return;
        if (value is Array array)
        {
            int index = 0;
            foreach (object? item in array) Walk(item, $"{path}[{index++}]", seen, lines);
            return;
        }
        for (Type? type = value.GetType(); type is not null && type != typeof(object) && type != typeof(Lock); type = type.BaseType)
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                if (!field.FieldType.IsByRefLike) Walk(field.GetValue(value), $"{path}.{field.Name}", seen, lines);
    }
}
