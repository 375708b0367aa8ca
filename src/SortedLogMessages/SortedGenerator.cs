using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SFlow.SortedLogMessages;

/// <summary>
/// Runs .NET's generator of log messages and sorts its classes by name. That generator keeps the classes in a hash set of objects, so their order,
/// and with it the compiled program, differs from build to build. The property LogMessageGenerator of the project has its path.
/// </summary>
[Generator]
public sealed class SortedGenerator : IIncrementalGenerator
{
    private const string Property = "build_property.LogMessageGenerator";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<string> path = context.AnalyzerConfigOptionsProvider.Select((options, _) => options.GlobalOptions.TryGetValue(Property, out string? value) ? value : "");
        context.RegisterSourceOutput(context.CompilationProvider.Combine(path), (output, pair) => Run(output, pair.Left, pair.Right));
    }

    private static void Run(SourceProductionContext context, Compilation compilation, string path)
    {
        if (compilation.SyntaxTrees.FirstOrDefault()?.Options is not CSharpParseOptions options) return;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([Load(path).AsSourceGenerator()], parseOptions: options);
        foreach (GeneratorRunResult result in driver.RunGenerators(compilation, context.CancellationToken).GetRunResult().Results)
        {
            if (result.Exception is not null) throw new InvalidOperationException("The generator of log messages failed.", result.Exception);
            foreach (Diagnostic diagnostic in result.Diagnostics) context.ReportDiagnostic(diagnostic);
            foreach (GeneratedSourceResult source in result.GeneratedSources) context.AddSource(source.HintName, Sort((CompilationUnitSyntax)source.SyntaxTree.GetRoot(context.CancellationToken)));
        }
    }

    /// <exception cref="InvalidOperationException">The file has no generator of log messages: the SDK changed.</exception>
    private static IIncrementalGenerator Load(string path)
    {
        const string Name = "Microsoft.Extensions.Logging.Generators.LoggerMessageGenerator";
        Type? type = path.Length > 0 ? Assembly.LoadFrom(path).GetType(Name) : null;
        return type is null ? throw new InvalidOperationException($"\"{path}\" has no {Name}. Compare src/SortedLogMessages with the SDK.") : (IIncrementalGenerator)Activator.CreateInstance(type)!;
    }

    /// <summary>The same namespaces in the order of their text: of their names, then of their classes. Blank lines between them do not depend on their former order.</summary>
    private static string Sort(CompilationUnitSyntax unit)
    {
        string head = unit.GetLeadingTrivia().ToFullString();
        IEnumerable<string> blocks = unit.Members.Select(member => member.WithoutTrivia().ToFullString()).OrderBy(block => block, StringComparer.Ordinal);
        return head + string.Join("\n\n", blocks) + "\n";
    }
}
