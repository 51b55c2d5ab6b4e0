"""Record batches as a stream that DuckDB reads, whose errors say what went wrong and nothing else.

pyarrow would add the whole traceback to the text of an error, and DuckDB shows that text to whoever runs the statement.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

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


class _Batches:
    """An iterator that keeps the text of the error it ends with. It lives until the stream is released."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._said: list[ctypes.Array[ctypes.c_char]] = []

    def __iter__(self) -> _Batches:
        return self

    def __next__(self) -> pa.RecordBatch:
        try:
            return next(self._batches)
        except StopIteration:
            raise
        except Exception as error:
            self._said.append(
                ctypes.create_string_buffer((str(error) or type(error).__name__).encode(errors="replace"))
            )
            raise

    def speak_for(self, stream: _ArrowArrayStream) -> None:
        """Answer for the stream when it is asked for its last error."""
        said, otherwise = self._said, _LastError(stream.get_last_error)

        # This must not know the iterator: a cycle would keep the scan of a stream that is released from ending at once.
        def last_error(pointer: int) -> int | None:
            found: int | None = ctypes.addressof(said[0]) if said else otherwise(pointer)
            return found

        self._last_error = _LastError(last_error)
        stream.get_last_error = ctypes.cast(self._last_error, ctypes.c_void_p).value


def stream(schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> object:
    """The batches as an Arrow stream in a capsule."""
    plain = _Batches(batches)
    capsule = pa.RecordBatchReader.from_batches(schema, plain).__arrow_c_stream__()
    pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
    pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
    plain.speak_for(_ArrowArrayStream.from_address(pointer_of(capsule, b"arrow_array_stream")))
    return capsule
