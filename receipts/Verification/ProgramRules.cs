using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The program's files, its compiler and the build that made it agree with each other and with the host.</summary>
internal static partial class ProgramRules
{
    public static IEnumerable<Finding> Check(Receipt receipt) => Binary(receipt).Concat(Compiler(receipt.Build)).Concat(Command(receipt));

    private static IEnumerable<Finding> Binary(Receipt receipt)
    {
        if (receipt.Build.Binary is not BinaryDescription binary)
            yield break;
        const string Path = "$.build.binary";
        if (!Forms.IsRelativePath(binary.Path))
            yield return new("binary", $"{Path}.path", $"\"{binary.Path}\"; expected a path below the checkout, or a name");
        if (binary.Bytes < 1)
            yield return new("binary", $"{Path}.bytes", $"{binary.Bytes}; expected a file with content");
        if (!Forms.IsSha256(binary.Sha256))
            yield return new("sha256", $"{Path}.sha256", $"\"{binary.Sha256}\"; expected 64 lower-case hex digits");
        if (binary.Format is string format && format != Format(receipt.Host.Platform))
            yield return new("binary", $"{Path}.format", $"\"{format}\" does not run on {receipt.Host.Platform}");
        if (binary.Machine is string machine && machine != Machine(receipt.Host.Architecture))
            yield return new("binary", $"{Path}.machine", $"\"{machine}\" does not run on {receipt.Host.Architecture}");
        if (binary.Bits is int bits && (binary.Format is null || bits != (receipt.Host.Architecture.EndsWith("64", StringComparison.Ordinal) ? 64 : 32)))
            yield return new("binary", $"{Path}.bits", $"{bits} do not fit a {receipt.Host.Architecture} program");
        bool inside = binary.Deployment is Deployment.SingleFile or Deployment.NativeAot;
        if (inside != (binary.Assemblies.Count == 0))
            yield return new("binary", $"{Path}.assemblies", inside ? "expected none beside such a program" : "none; expected those that measure");
        for (int i = 0; i < binary.Assemblies.Count; i++)
        {
            AssemblyDescription assembly = binary.Assemblies[i];
            if (!Forms.IsRelativePath(assembly.File) || assembly.File.Contains('/') || binary.Assemblies.Take(i).Any(other => other.File == assembly.File))
                yield return new("binary", $"{Path}.assemblies[{i}].file", $"\"{assembly.File}\"; expected a file name, each once");
            if (assembly.Bytes < 1)
                yield return new("binary", $"{Path}.assemblies[{i}].bytes", $"{assembly.Bytes}; expected a file with content");
            if (!Forms.IsSha256(assembly.Sha256))
                yield return new("sha256", $"{Path}.assemblies[{i}].sha256", $"\"{assembly.Sha256}\"; expected 64 lower-case hex digits");
        }
        foreach (string name in binary.RuntimeOptions.Keys.Where(name => !name.StartsWith("System.", StringComparison.Ordinal)))
            yield return new("binary", $"{Path}.runtimeOptions", $"\"{name}\"; expected names that begin with System.");
    }

    private static IEnumerable<Finding> Compiler(BuildDescription build)
    {
        if (build.Compiler is not CompilerDescription compiler)
            yield break;
        if (!Forms.IsText(compiler.Language) || !CompilerVersion().IsMatch(compiler.Version))
            yield return new("compiler", "$.build.compiler.version", $"\"{compiler.Version}\"; expected e.g. \"5.0.0-2.25523.111+b0f34d51fccc69fd334253924abd8d6853fad7aa\"");
        // The configurations of the projects say which: Release is optimised, Debug is not.
        if (compiler.Optimization != (build.Configuration == "Release" ? "release" : "debug"))
            yield return new("compiler", "$.build.compiler.optimization", $"\"{compiler.Optimization}\" in a {build.Configuration} build");
        if (compiler.Platform is not (null or "AnyCpu" or "AnyCpu32BitPreferred" or "X64" or "X86" or "Arm64" or "Arm"))
            yield return new("compiler", "$.build.compiler.platform", $"\"{compiler.Platform}\"; expected e.g. AnyCpu");
    }

    private static IEnumerable<Finding> Command(Receipt receipt)
    {
        if (receipt.Build.Command is not BuildCommand command)
            yield break;
        if (!Forms.IsText(command.Text))
            yield return new("build-command", "$.build.command.text", "expected one line");
        // A program is built before it measures, by a clock that is that of the run.
        if (command.StartedUtc < IdentityRules.Earliest || command.StartedUtc.AddSeconds(double.IsFinite(command.Seconds) ? Math.Clamp(command.Seconds, 0, 1e8) : 0) > receipt.CreatedUtc)
            yield return new("build-command", "$.build.command.startedUtc", "expected a build that ended before the receipt was written");
        if (!(command.Seconds >= 0))
            yield return new("build-command", "$.build.command.seconds", FormattableString.Invariant($"{command.Seconds}; expected 0 or more"));
    }

    private static string Format(string platform) => platform switch { "windows" => "pe", "macos" => "mach-o", _ => "elf" };

    private static string Machine(string architecture) => architecture == "x64" ? "x86-64" : architecture;

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]*\z")]
    private static partial Regex CompilerVersion();
}
