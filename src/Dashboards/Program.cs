using SFlow.Dashboards;

// Writes every generated file below the root of the repository, which is the current folder unless one is named.
string root = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
foreach (GeneratedFile file in GeneratedFile.All())
{
    string path = Path.Combine(root, file.Path);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, file.Text);
    Console.WriteLine(file.Path);
}
