"""Listings of parents kept on disk between statements, so that a fan-out does not ask for them again."""

from asanaql.cache.store import Cache, CacheFault, Info, clear, directory, fingerprint, info

__all__ = ["Cache", "CacheFault", "Info", "clear", "directory", "fingerprint", "info"]
