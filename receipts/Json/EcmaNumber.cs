using System.Globalization;
using System.Text;

namespace BitNet.Perf.Receipts.Json;

/// <summary>Numbers as ECMAScript prints them (ECMA-262, Number::toString), which RFC 8785 section 3.2.2.3 asks for.</summary>
internal static class EcmaNumber
{
    /// <summary>More than any number takes.</summary>
    public const int MostBytes = 64;

    /// <param name="value">Finite.</param>
    /// <param name="destination">Receives ASCII; at least <see cref="MostBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(double value, Span<byte> destination)
    {
        // Without an exponent "R" arranges the digits as ECMAScript does, from 1e-5 to 1e15; minus zero and the rest take the long way.
        return value != 0 && value.TryFormat(destination, out int written, "R", CultureInfo.InvariantCulture) && !destination[..written].Contains((byte)'E')
            ? written
            : Encoding.ASCII.GetBytes(Format(value), destination);
    }

    /// <param name="value">Finite.</param>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has only finite numbers");
        if (value == 0)
            return "0"; // minus zero as well
        // "R" gives the shortest digits that read back as the same number; only their arrangement differs from ECMAScript's.
        string shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E');
        int exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        // value = 0.DIGITS × 10^n
        int n = (point < 0 ? mantissa.Length : point) + exponent;
        int zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits[zeros..].TrimEnd('0');
        return (value < 0 ? "-" : "") + Arrange(digits, n - zeros);
    }

    private static string Arrange(string digits, int n)
    {
        int k = digits.Length;
        if (k <= n && n <= 21)
            return digits + new string('0', n - k);
        if (n is > 0 and <= 21)
            return digits[..n] + "." + digits[n..];
        if (n is > -6 and <= 0)
            return "0." + new string('0', -n) + digits;
        string sign = n - 1 < 0 ? "-" : "+";
        string power = Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture);
        return (k == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + sign + power;
    }
}
