"""Things that happen in the demo workspace: random changes, each done whole, as people make them in Asana.

`Changes` applies them to a World: records, listings, counts, `modified_at` where Asana moves it, the story that Asana
writes, and the events that it tells. A kind of change is a function of the Scene that makes it, or returns None where
there is nothing for it to change; `KINDS` has them all by name.
"""

from asanaql.demo.changes.changes import Changes, Ticks
from asanaql.demo.changes.kinds import KINDS
from asanaql.demo.changes.scene import Happened

__all__ = ["KINDS", "Changes", "Happened", "Ticks"]
