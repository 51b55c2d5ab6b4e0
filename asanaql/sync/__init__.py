"""A copy of Asana's relations that is kept: read, compared with what was there, and only what differs is written.

`selection` says which relations are copied and how, `copying` makes one run. What Asana only gives whole is read whole;
`following` keeps tasks by what `telling` makes of the events of their projects, `tasks` reads them, `evidence` finds
what no event told, `deriving` makes what other relations of the copy show already. `keeping` and `merging` compare and
write, `copy` is the file. Data and what is said of a run are committed together, so that a run that ends anywhere
leaves a state that is true, and the next one goes on from it.
"""

from asanaql.sync.copy import LOG
from asanaql.sync.copying import sync
from asanaql.sync.durations import duration
from asanaql.sync.places import place
from asanaql.sync.report import Copied, Options, Report

__all__ = ["LOG", "Copied", "Options", "Report", "duration", "place", "sync"]
