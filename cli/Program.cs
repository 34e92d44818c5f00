using System.Text;
using BitNet.Perf.Cli;

// UTF-8 without a byte order mark everywhere, so that what is piped into a file is the same on every platform.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return (int)await CommandRunner.RunAsProcessAsync(args);
