using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Packaging.Bill;

/// <summary>The software bill of materials, in CycloneDX 1.6. It has no time and no serial number, so that the same packages give the same file.</summary>
internal static class MaterialBill
{
    public const string Path = "sbom.cdx.json";
    private const string Program = "pkg:generic/sflow-exporter";

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="repository">Root of the repository, which has the vendored files.</param>
    /// <param name="version">Version of the program.</param>
    /// <param name="packages">Packages of the program and of its build.</param>
    public static string Of(string repository, string version, IReadOnlyList<Package> packages)
    {
        Dictionary<string, string> references = packages.ToDictionary(package => package.Lock.Name, package => Reference(package.Lock), StringComparer.OrdinalIgnoreCase);
        JsonObject bill = new()
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = Program,
                    ["name"] = "sflow-exporter",
                    ["version"] = version,
                    ["licenses"] = Licences("Apache-2.0"),
                },
            },
            ["components"] = new JsonArray([.. packages.Select(Component), .. VendoredWork.All.Select(work => Component(work, repository))]),
            ["dependencies"] = new JsonArray([
                Dependency(Program, [.. references.Values, .. VendoredWork.All.Select(Reference)]),
                .. packages.Select(package => Dependency(references[package.Lock.Name], package.Lock.Needs.Where(references.ContainsKey).Select(need => references[need]))),
            ]),
        };
        return bill.ToJsonString(indented) + "\n";
    }

    private static JsonObject Component(Package package)
    {
        JsonObject component = new()
        {
            ["type"] = "library",
            ["bom-ref"] = Reference(package.Lock),
            ["name"] = package.Lock.Name,
            ["version"] = package.Lock.Version,
            ["scope"] = package.IsShipped ? "required" : "excluded",
        };
        component["hashes"] = Hashes("SHA-512", package.Sha512);
        component["licenses"] = package.Licence.Length > 0 ? Licences(package.Licence) : new JsonArray(new JsonObject { ["license"] = new JsonObject { ["name"] = "see THIRD-PARTY-NOTICES" } });
        if (package.Copyright.Length > 0) component["copyright"] = package.Copyright;
        component["purl"] = Reference(package.Lock);
        if (package.Address.Length > 0) component["externalReferences"] = Website(package.Address);
        return component;
    }

    private static JsonObject Component(VendoredWork work, string repository)
    {
        JsonObject component = new() { ["type"] = work.Type, ["bom-ref"] = Reference(work), ["name"] = work.Name };
        if (work.Version.Length > 0) component["version"] = work.Version;
        component["hashes"] = Hashes("SHA-256", work.Sha256(repository));
        component["licenses"] = Licences(work.Licence);
        if (work.Identity.Length > 0) component["purl"] = work.Identity;
        component["externalReferences"] = Website(work.Address);
        component["properties"] = new JsonArray(new JsonObject { ["name"] = "file", ["value"] = work.File });
        return component;
    }

    private static JsonArray Hashes(string algorithm, string content) => new(new JsonObject { ["alg"] = algorithm, ["content"] = content });

    private static JsonArray Licences(string licence) => new(licence.Contains(' ', StringComparison.Ordinal) && licence != "Public domain"
        ? new JsonObject { ["expression"] = licence }
        : new JsonObject { ["license"] = new JsonObject { [licence == "Public domain" ? "name" : "id"] = licence } });

    private static JsonArray Website(string address) => new(new JsonObject { ["type"] = "website", ["url"] = address });

    private static JsonObject Dependency(string reference, IEnumerable<string> on) =>
        new() { ["ref"] = reference, ["dependsOn"] = new JsonArray([.. on.Distinct().Select(other => JsonValue.Create(other))]) };

    private static string Reference(LockedPackage package) => $"pkg:nuget/{package.Name}@{package.Version}";

    private static string Reference(VendoredWork work) => work.Identity.Length > 0 ? work.Identity : work.File;
}
