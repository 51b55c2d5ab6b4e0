"""A copy of Asana's relations that is kept: read, compared with what was there, and only what differs is written.

`selection` says which relations are copied, `copying` reads one after another, `merging` compares and writes. Data and
what is said of a run are committed together, relation by relation, so that a run that ends anywhere leaves a state that
is true, and the next one goes on from it.
"""

from asanaql.sync.copying import Copied, Options, Report, sync

__all__ = ["Copied", "Options", "Report", "sync"]
