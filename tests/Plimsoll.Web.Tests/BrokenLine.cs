using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Web.Tests;

/// <summary>A line between a browser and a server that can be cut after a request has gone through and before its answer comes back.</summary>
internal sealed class BrokenLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private volatile bool _cut;

    public BrokenLine(Uri server)
    {
        _server = server;
        _listener.Start();
        _lines.Add(Accept());
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>While true, whatever the server answers resets its connection.</summary>
    public bool Cut
    {
        get => _cut;
        set => _cut = value;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _lines.Add(Carry(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient browser)
    {
        using var near = browser;
        using var far = new TcpClient();
        await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(Copy(near, far, false, over.Token), Copy(far, near, true, over.Token));
        await over.CancelAsync();
        if (_cut)
        {
            // No farewell: the browser sees a reset.
            near.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, bool answers, CancellationToken stop)
    {
        var bytes = new byte[16_384];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(bytes, stop)) > 0)
            {
                if (answers && _cut)
                {
                    return;
                }
                await to.GetStream().WriteAsync(bytes.AsMemory(0, read), stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // One end is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_lines);
        _stop.Dispose();
    }
}
