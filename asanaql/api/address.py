"""Where the token may be sent."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from asanaql.errors import ConfigError


def base_url_checked(base_url: str) -> str:
    """The base URL without a trailing slash.

    Raises ConfigError unless it is an https address, or an http one of this machine, with nothing but host, port and
    path: whoever is on the way could read the token otherwise.
    """
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError(f"The base URL {base_url!r} is no address: {error}. Write {_EXAMPLE}.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigError(f"The base URL {base_url!r} is no address. Write {_EXAMPLE}.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigError(f"The base URL may hold a host, a port and a path, nothing else. Write {_EXAMPLE}.")
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigError(
            f"The base URL {base_url} would send the token unencrypted. Write https://{base_url[len('http://') :]}; "
            "http is for a server on this machine (localhost, 127.0.0.1, ::1)."
        )
    return base_url.rstrip("/")


_EXAMPLE = "https://app.asana.com/api/1.0"


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, by its name or number alone: asking DNS could be answered by anyone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(base_url: str) -> str | None:
    """The proxy that the environment names for the base URL; never one for this machine."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
