namespace SFlow.Exporter.Http.WebConfig;

/// <summary>Requirements for client certificates. The names are those of <c>client_auth_type</c>.</summary>
internal enum ClientCertificates
{
    /// <summary>None is asked for.</summary>
    NoClientCert,

    /// <summary>Asked for; none, or any, will do.</summary>
    RequestClientCert,

    /// <summary>Any will do, but there must be one.</summary>
    RequireAnyClientCert,

    /// <summary>If there is one, an authority of <c>client_ca_file</c> must have issued it.</summary>
    VerifyClientCertIfGiven,

    /// <summary>There must be one, and an authority of <c>client_ca_file</c> must have issued it.</summary>
    RequireAndVerifyClientCert,
}
