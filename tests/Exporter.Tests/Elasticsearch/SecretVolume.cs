namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Files as Kubernetes mounts a Secret: links into a folder that is exchanged as a whole, all of the same time.</summary>
internal sealed class SecretVolume : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-secret-");

    /// <returns>The path of the first file, which stays the same.</returns>
    public string Add(params (string Name, string Content)[] files)
    {
        Exchange(files);
        foreach ((string name, _) in files) File.CreateSymbolicLink(Of(name), Path.Combine("..data", name));
        return Of(files[0].Name);
    }

    public string Of(string name) => Path.Combine(folder.FullName, name);

    public void Exchange(params (string Name, string Content)[] files)
    {
        DirectoryInfo version = folder.CreateSubdirectory($"..{Guid.NewGuid():N}");
        foreach ((string name, string content) in files)
        {
            string path = Path.Combine(version.FullName, name);
            File.WriteAllText(path, content);
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
        File.Delete(Of("..data"));
        File.CreateSymbolicLink(Of("..data"), version.Name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
