using System.ComponentModel;
using System.Diagnostics;

namespace SFlow.Packaging;

/// <summary>A program of the machine that this one uses.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its exit and returns its standard output.</summary>
    /// <exception cref="PackagingException">The program is absent, or its exit code is not 0.</exception>
    public static string Run(string program, params string[] arguments)
    {
        (int code, string output, string errors) = Finish(program, arguments);
        return code == 0 ? output : throw new PackagingException($"{program} {string.Join(' ', arguments)} failed: {errors.Trim()}");
    }

    /// <summary>Runs a program to its exit and returns its standard output, whatever its exit code.</summary>
    /// <exception cref="PackagingException">The program is absent.</exception>
    public static string Try(string program, params string[] arguments) => Finish(program, arguments).Output;

    private static (int Code, string Output, string Errors) Finish(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            throw new PackagingException($"{program} is not installed. Install it and try again.");
        }
    }
}
