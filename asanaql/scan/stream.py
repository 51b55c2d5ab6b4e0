"""Record batches as a stream that DuckDB reads, whose errors say what went wrong and nothing else.

pyarrow would add the whole traceback to the text of an error, and DuckDB shows that text to whoever runs the statement.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator

import pyarrow as pa

_LastError = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


class _ArrowArrayStream(ctypes.Structure):
    """Source: https://arrow.apache.org/docs/format/CStreamInterface.html"""

    _fields_ = (
        ("get_schema", ctypes.c_void_p),
        ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


def stream(schema: pa.Schema, batches: Iterator[pa.RecordBatch], said: Callable[[], str]) -> object:
    """The batches as an Arrow stream in a capsule. `said` is the text of the error they ended with, if it is theirs."""
    kept: list[object] = []
    # The reader keeps what it reads from until it is released, and with it what answers for its errors. No function
    # of ours stands between it and the batches: an interrupt would be lost there.
    read = itertools.chain(batches, itertools.islice(kept, 0))
    capsule = pa.RecordBatchReader.from_batches(schema, read).__arrow_c_stream__()
    pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
    pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
    made = _ArrowArrayStream.from_address(pointer_of(capsule, b"arrow_array_stream"))
    otherwise = _LastError(made.get_last_error)

    def last_error(pointer: int) -> int | None:
        text = said()
        if not text:
            address: int | None = otherwise(pointer)
            return address
        buffer = ctypes.create_string_buffer(text.encode(errors="replace"))
        kept.append(buffer)
        return ctypes.addressof(buffer)

    answering = _LastError(last_error)
    kept.append(answering)
    made.get_last_error = ctypes.cast(answering, ctypes.c_void_p).value
    return capsule
