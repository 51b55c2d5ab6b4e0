"""The errors a user of asanaql can meet, and the exit code that each ends a command with.

    AsanaqlError
    ├── ConfigError        no token, an unknown workspace, an unusable option        exit 2
    ├── QueryError         the statement: unknown column, missing key, over budget   exit 1
    └── ApiError           Asana refused or could not be read                        exit 3
        ├── AuthError      401: the token
        ├── RateLimited    429 until the retries ran out
        └── ServerError    500 and above, or a broken connection, until they ran out

Every message says what was found, why, and what to write instead. None ever holds a token.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_QUERY = 1
EXIT_USAGE = 2
EXIT_ASANA = 3
EXIT_INTERRUPTED = 130


class AsanaqlWarning(UserWarning):
    """What an answer lacks: rows skipped, fields absent. Raised as a Python warning on connections we do not own."""


class AsanaqlError(Exception):
    """The base of every error asanaql raises itself."""

    exit_code = EXIT_QUERY


class ConfigError(AsanaqlError):
    """What the program was started with cannot work."""

    exit_code = EXIT_USAGE


class QueryError(AsanaqlError):
    """The statement cannot be answered as written; `position` is the character it is about, where one is known."""

    exit_code = EXIT_QUERY

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class ApiError(AsanaqlError):
    """Asana's refusal of one request, in its own words.

    `status` is 0 where no answer arrived. Source: https://developers.asana.com/docs/errors
    """

    exit_code = EXIT_ASANA

    def __init__(self, status: int, method: str, path: str, said: str, advice: str = "") -> None:
        self.status = status
        self.method = method
        self.path = path
        self.said = said
        self.advice = advice
        answered = f"Asana answered {status} to" if status else "No answer from Asana to"
        text = f"{answered} {method} {path}: {said}"
        ended = text if text.endswith((".", "!", "?")) else f"{text}."
        super().__init__(f"{ended} {advice}" if advice else text)


class AuthError(ApiError):
    """401: the token is unknown to Asana or was revoked."""


class RateLimited(ApiError):
    """429, after every retry."""


class ServerError(ApiError):
    """A server error, or no readable answer at all, after every retry."""
