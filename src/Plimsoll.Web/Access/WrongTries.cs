using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Web.Access;

/// <summary>Wrong passwords by account and address: who tries too often waits, and nobody else does, so that no stranger locks an account for its owner.</summary>
/// <remarks>It is kept in memory: a restart forgets it, and servers beside each other count for themselves. Tries of one address are limited besides, whatever the account.</remarks>
internal sealed class WrongTries(TimeProvider clock)
{
    /// <summary>Wrong passwords after which an address waits.</summary>
    public const int Most = 10;

    private const int MostKept = 20_000;
    private static readonly TimeSpan _wait = TimeSpan.FromMinutes(5);
    private readonly Dictionary<
        (string User, string Address),
        (int Tries, DateTimeOffset Last)
    > _tries = [];
    private readonly Lock _lock = new();

    /// <summary>True while an address has to wait before it may try an account again.</summary>
    public bool Waits(string user, IPAddress? address)
    {
        lock (_lock)
        {
            return Tries((user, Of(address))) >= Most;
        }
    }

    /// <summary>True while any address has to wait for an account.</summary>
    public bool AnyWaits(string user)
    {
        lock (_lock)
        {
            return _tries.Keys.Any(k => k.User == user && Tries(k) >= Most);
        }
    }

    /// <summary>A wrong password was tried.</summary>
    public void Wrong(string user, IPAddress? address)
    {
        lock (_lock)
        {
            if (_tries.Count >= MostKept)
            {
                foreach (var old in _tries.Keys.Where(k => Tries(k) == 0).ToList())
                {
                    _tries.Remove(old);
                }
            }
            var key = (user, Of(address));
            _tries[key] = (Tries(key) + 1, clock.GetUtcNow());
        }
    }

    /// <summary>The right password was given.</summary>
    public void Right(string user, IPAddress? address)
    {
        lock (_lock)
        {
            _tries.Remove((user, Of(address)));
        }
    }

    /// <summary>Lets every address try an account again.</summary>
    public void Forget(string user)
    {
        lock (_lock)
        {
            foreach (var key in _tries.Keys.Where(k => k.User == user).ToList())
            {
                _tries.Remove(key);
            }
        }
    }

    private int Tries((string, string) key) =>
        _tries.TryGetValue(key, out var tried) && clock.GetUtcNow() - tried.Last < _wait
            ? tried.Tries
            : 0;

    /// <summary>An address; of IPv6 the network, for one person has all of it.</summary>
    private static string Of(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.MapToIPv4().ToString() ?? "";
}
