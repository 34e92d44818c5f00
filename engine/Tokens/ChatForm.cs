using System.Text;

namespace BitNet.Engine.Tokens;

/// <param name="Role">"system", "user" or "assistant".</param>
public sealed record ChatMessage(string Role, string Content);

/// <summary>
/// The text form of a conversation that the model was trained on: the official Hugging Face template (spec 7.6), not the stale one that the GGUF
/// file carries. Encode it with special tokens parsed.
/// </summary>
public static class ChatForm
{
    /// <summary>Every message as "Role: content&lt;|eot_id|&gt;", role capitalised and content trimmed, then "Assistant: " for the answer.</summary>
    public static string Format(IEnumerable<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (ChatMessage message in messages)
            text.Append(Capitalised(message.Role)).Append(": ").Append(message.Content.Trim()).Append(Tokenizer.EndOfTurn);
        return text.Append("Assistant: ").ToString();
    }

    private static string Capitalised(string role) =>
        role.Length == 0 ? role : string.Concat(char.ToUpperInvariant(role[0]).ToString(), role[1..].ToLowerInvariant());
}
