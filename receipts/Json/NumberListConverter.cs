using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Json;

/// <summary>Lists of numbers, of which a receipt has up to millions: read into an array of their very number, written in canonical form.</summary>
internal sealed class NumberListConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        double[] numbers = ArrayPool<double>.Shared.Rent(32);
        int count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (count == numbers.Length)
            {
                double[] larger = ArrayPool<double>.Shared.Rent(2 * count);
                numbers.CopyTo(larger, 0);
                ArrayPool<double>.Shared.Return(numbers);
                numbers = larger;
            }
            numbers[count++] = reader.GetDouble();
        }
        double[] exact = numbers[..count];
        ArrayPool<double>.Shared.Return(numbers);
        return reader.TokenType == JsonTokenType.EndArray ? exact : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        // Not given back when a number is refused: the pool does without.
        byte[] text = ArrayPool<byte>.Shared.Rent(2 + value.Count * (EcmaNumber.MostBytes + 1));
        int length = 0;
        text[length++] = (byte)'[';
        foreach (double number in value as double[] ?? [.. value])
        {
            if (length > 1)
                text[length++] = (byte)',';
            length += EcmaNumber.Format(CanonicalReceipt.Plain(number), text.AsSpan(length));
        }
        text[length++] = (byte)']';
        writer.WriteRawValue(text.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(text);
    }
}
