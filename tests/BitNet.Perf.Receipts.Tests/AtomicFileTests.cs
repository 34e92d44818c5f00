using System.Text;

namespace BitNet.Perf.Receipts.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_else_is_left()
    {
        string path = Path.Combine(_folder, "a.json");
        AtomicFile.Write(path, "a long first content"u8.ToArray());
        AtomicFile.Write(path, "second"u8.ToArray());
        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void When_the_disk_is_full_the_old_file_stays_and_no_half_one_does()
    {
        string path = Path.Combine(_folder, "a.json");
        AtomicFile.Write(path, "old"u8.ToArray());
        // What the runtime throws when write(2) says ENOSPC, half way through the content.
        ReceiptException e = Assert.Throws<ReceiptException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the new cont"u8);
            throw new IOException("No space left on device : '/somewhere/.a.json.x.tmp'", 28);
        }));
        Assert.Equal(ReceiptFault.WriteFailed, e.Fault);
        Assert.Equal($"{path}: cannot be written: No space left on device", e.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_defect_while_writing_leaves_no_temporary_file_either()
    {
        string path = Path.Combine(_folder, "a.json");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException("defect")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_is_not_written_leaves_no_folders_either_but_those_that_were_there()
    {
        string there = Path.Combine(_folder, "there");
        Directory.CreateDirectory(there);
        Assert.Throws<ReceiptException>(() => AtomicFile.Write(Path.Combine(there, "new", "newer", "a.json"), _ => throw new IOException("No space left on device", 28)));
        Assert.Equal([there], Directory.GetFileSystemEntries(_folder));
        Assert.Empty(Directory.GetFileSystemEntries(there));
    }

    [Fact]
    public void A_new_folder_with_something_in_it_stays()
    {
        NewFolder made = NewFolder.Make(Path.Combine(_folder, "a", "b"));
        File.WriteAllText(Path.Combine(_folder, "a", "file"), "");
        made.RemoveIfEmpty();
        Assert.Equal([Path.Combine(_folder, "a", "file")], Directory.GetFileSystemEntries(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void A_file_where_a_folder_is_needed_is_one_clear_line()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        string path = Path.Combine(file, "a.json");
        ReceiptException e = Assert.Throws<ReceiptException>(() => AtomicFile.Write(path, "x"u8.ToArray()));
        Assert.Equal(ReceiptFault.WriteFailed, e.Fault);
        Assert.StartsWith($"{path}: cannot be written: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_file_s_place_is_one_clear_line_and_stays()
    {
        string path = Path.Combine(_folder, "a.json");
        Directory.CreateDirectory(path);
        ReceiptException e = Assert.Throws<ReceiptException>(() => AtomicFile.Write(path, "x"u8.ToArray()));
        Assert.Equal(ReceiptFault.WriteFailed, e.Fault);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        ReceiptException missing = Assert.Throws<ReceiptException>(() => AtomicFile.Read(Path.Combine(_folder, "no", "a.json")));
        Assert.Equal(ReceiptFault.NotFound, missing.Fault);
        ReceiptException folder = Assert.Throws<ReceiptException>(() => AtomicFile.Read(_folder));
        Assert.Equal((ReceiptFault.Unreadable, "is a folder"), (folder.Fault, folder.What));
    }

    [Fact]
    public void A_file_without_permission_is_one_clear_line()
    {
        string path = Path.Combine(_folder, "a.json");
        File.WriteAllText(path, "{}");
        if (OperatingSystem.IsWindows())
        {
            // No mode bits: another handle that shares nothing has the same effect.
            using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.Equal(ReceiptFault.Unreadable, Assert.Throws<ReceiptException>(() => AtomicFile.Read(path)).Fault);
            return;
        }
        File.SetUnixFileMode(path, UnixFileMode.None);
        if (Environment.IsPrivilegedProcess)
        {
            // The superuser reads everything; a file of the kernel that gives an error to everybody stands in.
            Assert.Equal("{}", Encoding.UTF8.GetString(AtomicFile.Read(path)));
            Assert.Equal(ReceiptFault.Unreadable, Assert.Throws<ReceiptException>(() => AtomicFile.Read("/proc/self/mem")).Fault);
            return;
        }
        ReceiptException e = Assert.Throws<ReceiptException>(() => AtomicFile.Read(path));
        Assert.Equal(ReceiptFault.Unreadable, e.Fault);
        Assert.Contains("permission denied", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    // Renaming a temporary file over a device would replace the device.
    [Fact]
    public void A_device_is_written_in_place_and_a_full_one_is_reported()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        string[] before = Directory.GetFiles("/dev");
        AtomicFile.Write("/dev/null", new byte[] { 1, 2, 3 });
        ReceiptException full = Assert.Throws<ReceiptException>(() => AtomicFile.Write("/dev/full", new byte[] { 1, 2, 3 }));
        Assert.Equal(ReceiptFault.WriteFailed, full.Fault);
        Assert.Equal("/dev/full: cannot be written: No space left on device", full.Message);
        Assert.Equal(before, Directory.GetFiles("/dev"));
    }
}
