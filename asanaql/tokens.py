"""Which token is used, and where one is kept: in the system's keyring, or else in a file only its owner can read.

A token is kept for one address of Asana and never given to another. The file tells for which addresses there is one,
so that a keyring, which may ask to be unlocked, is only asked where it has something.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from asanaql.errors import ConfigError

BASE_URL = "https://app.asana.com/api/1.0"
TOKEN_VARIABLE = "ASANA_ACCESS_TOKEN"
BASE_URL_VARIABLE = "ASANA_BASE_URL"

_SERVICE = "asanaql"
_IN_KEYRING = "keyring"
_TOKEN = "token"
_OTHERS = 0o077


def config_path(environment: Mapping[str, str]) -> Path:
    """`asanaql` under XDG_CONFIG_HOME, or under ~/.config: the directory of what a person sets and keeps."""
    base = environment.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "asanaql"


def tokens_path(environment: Mapping[str, str]) -> Path:
    """The file of tokens in that directory."""
    return config_path(environment) / "tokens.json"


def address(environment: Mapping[str, str], base_url: str | None) -> str:
    """Where Asana is: what is given, else what the environment says, else Asana's own address."""
    return (base_url or environment.get(BASE_URL_VARIABLE) or BASE_URL).rstrip("/")


def token_for(environment: Mapping[str, str], base_url: str) -> str | None:
    """The token that the environment holds, else the one kept for this address, if any; ConfigError as `Tokens`."""
    given = environment.get(TOKEN_VARIABLE, "").strip()
    return given or Tokens(tokens_path(environment)).token(base_url)


def has_token(environment: Mapping[str, str], base_url: str) -> bool:
    """Whether there is a token for this address, without asking a keyring; ConfigError as `Tokens`."""
    return bool(environment.get(TOKEN_VARIABLE, "").strip()) or Tokens(tokens_path(environment)).holds(base_url)


class Tokens:
    """The tokens kept in the file `path` and, where it says so, in the keyring; by the address they are for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._path

    def holds(self, base_url: str) -> bool:
        """Whether a token is kept for this address, as the file tells: no keyring is asked."""
        return base_url in self._read()

    def token(self, base_url: str) -> str | None:
        """The token for this address, None where none is kept; ConfigError where it cannot be read."""
        kept = self._read().get(base_url)
        if kept is None:
            return None
        if kept.get(_IN_KEYRING):
            return _from_keyring(base_url)
        return kept.get(_TOKEN) or None

    def keep_in_keyring(self, base_url: str, token: str) -> bool:
        """Keep a token in the system's keyring; False where there is none that takes it."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, base_url, token)
        except KeyringError:
            return False
        self._write({**self._read(), base_url: {_IN_KEYRING: "yes"}})
        return True

    def keep_in_file(self, base_url: str, token: str) -> None:
        """Keep a token in the file, which has mode 0600; ConfigError where it cannot be written."""
        self._write({**self._read(), base_url: {_TOKEN: token}})

    def forget(self, base_url: str) -> bool:
        """Remove the token for this address; False where none was kept."""
        kept = self._read()
        told = kept.pop(base_url, None)
        if told is None:
            return False
        if told.get(_IN_KEYRING):
            _remove_from_keyring(base_url)
        self._write(kept)
        return True

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            with self._path.open(encoding="utf-8") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                    raise ConfigError(
                        f"{self._path} holds tokens and can be read by others: chmod 600 it, and make new tokens if "
                        "others may have seen them."
                    )
                kept = json.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(f"Cannot read {self._path}: {error.strerror or error}.") from error
        except ValueError as error:
            raise ConfigError(f"{self._path} is damaged: remove it, and give your token with .login again.") from error
        if not isinstance(kept, dict) or not all(isinstance(each, dict) for each in kept.values()):
            raise ConfigError(f"{self._path} is damaged: remove it, and give your token with .login again.")
        return kept

    def _write(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        """Replace the file at once, so that a full disk leaves the one before."""
        beside = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(kept, file, indent=2)
            beside.replace(self._path)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise ConfigError(f"Cannot write {self._path}: {error.strerror or error}.") from error


def _from_keyring(base_url: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, base_url)
    except KeyringError as error:
        raise ConfigError(f"The keyring does not give the token that .login kept there: {error}.") from error


def _remove_from_keyring(base_url: str) -> None:
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        keyring.delete_password(_SERVICE, base_url)
    except PasswordDeleteError:
        pass  # It is not there any more, which is what was wanted.
    except KeyringError as error:
        raise ConfigError(f"The keyring does not remove the token that .login kept there: {error}.") from error
