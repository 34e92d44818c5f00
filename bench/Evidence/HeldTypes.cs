using System.Reflection;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>Classes of this program's objects that an object holds, directly or through others: what a call through a base class can reach.</summary>
internal static class HeldTypes
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Sorted by name, the object's own class among them; generic ones are left out.</summary>
    public static IReadOnlyList<Type> Of(object holder)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { holder };
        var open = new Stack<object>([holder]);
        var types = new HashSet<Type>();
        while (open.TryPop(out var at))
        {
            types.Add(at.GetType());
            foreach (var held in Parts(at).Where(part => part.GetType().IsValueType || seen.Add(part)))
                open.Push(held);
        }
        return [.. types.Where(type => type is { IsValueType: false, IsArray: false, IsGenericType: false }).OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    private static IEnumerable<object> Parts(object at)
    {
        if (at is Array array)
            return array.Cast<object?>().OfType<object>();
        var parts = new List<object>();
        for (var type = at.GetType(); type is not null && IsOurs(type); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
            {
                if (IsFollowed(field.FieldType) && field.GetValue(at) is { } value && IsFollowed(value.GetType()))
                    parts.Add(value);
            }
        }
        return parts;
    }

    /// <summary>Numbers, pointers and arrays of them hold no object.</summary>
    private static bool IsFollowed(Type type) => type.IsArray ? type.GetElementType() is { IsValueType: false, IsPointer: false } element && IsFollowed(element) : IsOurs(type) && !type.IsEnum;

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("BitNet.", StringComparison.Ordinal) == true && !type.IsPointer && !type.IsByRefLike;
}
