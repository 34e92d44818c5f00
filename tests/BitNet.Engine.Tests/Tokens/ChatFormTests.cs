using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class ChatFormTests
{
    // The golden prompt of spec 4.7.
    [Fact]
    public void A_user_turn_reads_as_in_the_golden_prompt() =>
        Assert.Equal("User: hi<|eot_id|>Assistant: ", ChatForm.Format([new ChatMessage("user", "hi")]));

    [Fact]
    public void Every_message_has_its_capitalised_role_trimmed_content_and_end_of_turn() =>
        Assert.Equal(
            "System: Be brief.<|eot_id|>User: 1 + 1?<|eot_id|>Assistant: 2<|eot_id|>User: Sure?<|eot_id|>Assistant: ",
            ChatForm.Format(
            [
                new ChatMessage("system", "Be brief.\n"), new ChatMessage("USER", "  1 + 1?"), new ChatMessage("assistant", " 2 "), new ChatMessage("user", "Sure?"),
            ]));

    // Ids 128000, 1502, 25, 15960, 128009, 72803, 25, 220 of spec 4.7: "User", ":", " hi", end of turn, "Assistant", ":", " ".
    [Fact]
    public void The_golden_prompt_is_cut_into_the_chunks_its_ids_show()
    {
        var tokenizer = new Tokenizer(SmallVocabulary.Of(
            ["U s", "Us e", "Use r", "Ġ h", "Ġh i", "A s", "As s", "Ass i", "Assi s", "Assis t", "Assist a", "Assista n", "Assistan t"],
            control: ["<|begin_of_text|>", "<|eot_id|>"]) with
        { Bos = 269, AddBos = true });
        string text = ChatForm.Format([new ChatMessage("user", "hi")]);
        Assert.Equal(["<|begin_of_text|>", "User", ":", "Ġhi", "<|eot_id|>", "Assistant", ":", "Ġ"], tokenizer.Spell(text, parseSpecial: true));
    }
}
