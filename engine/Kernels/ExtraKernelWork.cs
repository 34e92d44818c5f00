#if EXTRA_KERNEL_WORK
using System.Runtime.CompilerServices;

namespace BitNet.Engine.Kernels;

/// <summary>Work that a build adds on purpose, to see whether a comparison finds it (docs/kernels.md). Only builds made with the property
/// ExtraKernelWork hold this type; its constant <c>Percent</c>, 1 to 50, is generated from the property.</summary>
internal static partial class ExtraKernelWork
{
    /// <summary>Calls repeated at once. Each change from call to repetition misleads the branch prediction of the loops inside: repeated one by one, 5 %
    /// more calls took 6 % more time.</summary>
    public const int Together = 32;

    /// <summary>Hundredths of a call that are owed. Threads share it: one that overwrites another's count shifts a repetition and changes no result.</summary>
    private static int _owed;

    /// <summary>True whenever <see cref="Together"/> calls are owed, so that <c>Percent</c> of all calls are repeated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDue()
    {
        int owed = _owed + Percent;
        bool due = owed >= 100 * Together;
        _owed = due ? owed - 100 * Together : owed;
        return due;
    }
}
#endif
