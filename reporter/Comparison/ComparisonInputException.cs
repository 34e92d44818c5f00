namespace BitNet.Perf.Reporter.Comparison;

public enum ComparisonInputFault { NoReceipt, DuplicateReceipt, IncompleteReceipt, ImpossibleValue, NotOneBuild, SeveralReceipts, TooFewPairs, UnequalPairs, ExternalReceipt }

/// <summary>Receipts that cannot be compared as given (exit code 65): one line with the file, what is wrong and what was expected.</summary>
public sealed class ComparisonInputException(ComparisonInputFault fault, string message) : Exception(message)
{
    public ComparisonInputFault Fault { get; } = fault;
}
