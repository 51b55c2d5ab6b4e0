from __future__ import annotations

import pytest

from asanaql.api.address import base_url_checked, proxy_for
from asanaql.errors import ConfigError


@pytest.mark.parametrize(
    "base_url",
    [
        "https://app.asana.com/api/1.0",
        "https://demo.invalid/api/1.0",
        "https://example.com:8443",
        "http://localhost:8000/api/1.0",
        "http://127.0.0.1:8000/api/1.0",
        "http://127.9.9.9/api/1.0",
        "http://[::1]:8000/api/1.0",
    ],
)
def test_https_anywhere_and_http_on_this_machine_are_taken(base_url: str) -> None:
    assert base_url_checked(base_url) == base_url


def test_a_trailing_slash_is_dropped() -> None:
    assert base_url_checked("https://example.com/api/1.0/") == "https://example.com/api/1.0"


@pytest.mark.parametrize(
    "host", ["app.asana.com", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "0.0.0.0", "128.0.0.1"]
)
def test_http_to_another_machine_is_refused_and_says_what_to_write(host: str) -> None:
    with pytest.raises(ConfigError) as caught:
        base_url_checked(f"http://{host}/api/1.0")
    assert f"Write https://{host}/api/1.0" in str(caught.value)


@pytest.mark.parametrize(
    "base_url", ["", "app.asana.com", "ftp://example.com", "https://", "https:///api", "https://[x", "https://a:b/"]
)
def test_what_is_no_address_is_refused_with_an_example(base_url: str) -> None:
    with pytest.raises(ConfigError, match=r"https://app\.asana\.com/api/1\.0"):
        base_url_checked(base_url)


@pytest.mark.parametrize(
    "base_url", ["https://who:pass-word@example.com/", "https://example.com/?a=pass-word", "https://e.com/#pass-word"]
)
def test_an_address_that_holds_more_is_refused_and_not_repeated(base_url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        base_url_checked(base_url)
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("base_url", "proxy"),
    [
        ("https://app.asana.com/api/1.0", "http://proxy.example.com:3128"),
        ("https://inside.example.com/api", None),
        ("http://127.0.0.1:8000/api/1.0", None),
        ("http://localhost/api/1.0", None),
    ],
)
def test_the_proxy_is_the_environments_but_never_for_this_machine(
    base_url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "inside.example.com")
    assert proxy_for(base_url) == proxy
