namespace SFlow.Exporter.Http;

/// <summary>What an endpoint shows. It decides who may read it, and which limit of requests in progress applies.</summary>
internal enum RequestKind
{
    /// <summary>Health: small, without a limit, and open to all, because a kubelet has no login.</summary>
    Probe,

    /// <summary>Files of the page: small, without a limit, and without data.</summary>
    Page,

    /// <summary>Flows, made for one client.</summary>
    Api,

    /// <summary>Metrics have their own limit, so that monitoring always gets through.</summary>
    Scrape,
}
