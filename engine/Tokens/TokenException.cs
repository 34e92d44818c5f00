namespace BitNet.Engine.Tokens;

/// <summary>A vocabulary that cannot be used, or text or ids it cannot express. The message is one line: what, where, what was expected.</summary>
public sealed class TokenException(string message) : Exception(message);
