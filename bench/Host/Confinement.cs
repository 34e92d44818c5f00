namespace BitNet.Perf.Bench.Host;

/// <summary>Tells virtual machines and containers from the marks they leave. Null: nothing was found and nothing rules it out.</summary>
public static class Confinement
{
    private static readonly (string Mark, string Name)[] Signatures =
    [
        ("KVMKVMKVM", "kvm"), ("Microsoft Hv", "hyper-v"), ("VMwareVMware", "vmware"), ("XenVMMXenVMM", "xen"),
        ("TCGTCGTCGTCG", "qemu"), ("VBoxVBoxVBox", "virtualbox"), ("bhyve bhyve", "bhyve"), (" lrpepyh vr", "parallels"), ("ACRNACRNACRN", "acrn"),
    ];

    private static readonly (string Mark, string Name)[] Products =
    [
        ("KVM", "kvm"), ("QEMU", "qemu"), ("VMware", "vmware"), ("VirtualBox", "virtualbox"), ("innotek", "virtualbox"), ("Xen", "xen"),
        ("Amazon EC2", "kvm"), ("Google Compute Engine", "kvm"), ("Virtual Machine", "hyper-v"), ("Parallels", "parallels"), ("Apple Virtualization", "apple"),
    ];

    /// <param name="signature">Hypervisor signature of CPUID; empty when the processor says there is none, null when it cannot say (Arm).</param>
    /// <param name="kernelVersion">/proc/version: WSL kernels name Microsoft.</param>
    /// <param name="products">Firmware's names of the machine (/sys/class/dmi/id).</param>
    public static string? Virtualization(string? signature, string? kernelVersion, IEnumerable<string?> products)
    {
        if (kernelVersion?.Contains("microsoft", StringComparison.OrdinalIgnoreCase) == true)
            return kernelVersion.Contains("WSL2", StringComparison.OrdinalIgnoreCase) || signature is { Length: > 0 } ? "wsl2" : "wsl1";
        if (signature is { Length: > 0 })
        {
            foreach (var (mark, name) in Signatures)
            {
                if (signature.StartsWith(mark, StringComparison.Ordinal))
                    return name;
            }
            return signature.ToLowerInvariant();
        }
        if (signature is not null)
            return "none";
        foreach (var product in products)
        {
            foreach (var (mark, name) in Products)
            {
                if (product?.Contains(mark, StringComparison.OrdinalIgnoreCase) == true)
                    return name;
            }
        }
        return null;
    }

    /// <summary>docker, podman, kubernetes, lxc, systemd-nspawn …; "none" on Linux when no mark is found; null elsewhere.</summary>
    public static string? Container(HostFiles files, Func<string, string?> environment, bool linux)
    {
        if (environment("KUBERNETES_SERVICE_HOST") is { Length: > 0 })
            return "kubernetes";
        if (!linux)
            return environment("DOTNET_RUNNING_IN_CONTAINER") == "true" ? "container" : null;
        if (files.Exists("/run/.containerenv"))
            return "podman";
        var groups = files.Read("/proc/1/cgroup") ?? "";
        if (groups.Contains("kubepods", StringComparison.Ordinal))
            return "kubernetes";
        if (files.Exists("/.dockerenv") || groups.Contains("docker", StringComparison.Ordinal))
            return "docker";
        if (groups.Contains("/lxc", StringComparison.Ordinal))
            return "lxc";
        return environment("container") is { Length: > 0 } named ? named : "none";
    }
}
