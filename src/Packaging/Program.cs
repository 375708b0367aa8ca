using SFlow.Packaging;
using SFlow.Packaging.Bill;
using SFlow.Packaging.Chart;
using SFlow.Packaging.Image;

// Writes what a release needs besides the program. The current folder is the root of the repository.
string repository = Directory.GetCurrentDirectory();
try
{
    switch (args)
    {
        case ["image", var published, var archive]:
            Console.WriteLine(ImageCommand.Run(repository, published, archive));
            return 0;
        case ["sbom"]:
            Write(BillCommand.Files(repository));
            return 0;
        case ["packages"]:
            Write(HelmChart.Files(repository));
            return 0;
        default:
            Console.Error.WriteLine("usage: sflow-packaging image PUBLISHED-FOLDER ARCHIVE | sbom | packages");
            return 2;
    }
}
catch (PackagingException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}

void Write(IEnumerable<(string Path, string Text)> files)
{
    foreach ((string path, string text) in files)
    {
        string place = Path.Combine(repository, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text);
        Console.WriteLine(path);
    }
}
