namespace SFlow.Exporter.Http.Access;

/// <summary>Decides whether a request is answered, and what its <see cref="Viewer"/> may see.</summary>
internal interface IAdmission
{
    /// <summary>Sets the viewer of the request. If it may not be answered, writes the refusal and returns false.</summary>
    ValueTask<bool> AdmitAsync(HttpContext context, RequestKind kind);
}

/// <summary>Everybody who reaches the server, and passes its login if there is one, sees everything.</summary>
internal sealed class OpenAdmission : IAdmission
{
    public ValueTask<bool> AdmitAsync(HttpContext context, RequestKind kind)
    {
        context.Features.Set(Viewer.Everything);
        return ValueTask.FromResult(true);
    }
}
