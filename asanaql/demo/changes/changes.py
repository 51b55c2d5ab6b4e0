"""Random changes of a World, one after the other, each as Asana makes and tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from asanaql.demo.changes.kinds import KINDS, WEIGHTS
from asanaql.demo.changes.scene import Happened, Scene
from asanaql.demo.dice import Dice, stamp
from asanaql.demo.world import World

# So many kinds are tried for one change before nothing is left to change.
TRIES = 200


class Changes:
    """What people do in a workspace, the same for the same seed, World and clock.

    `clock` gives seconds; a change happens when it says, but never before the one before it, nor before the World
    was built. Without a clock one passes between changes that nobody needs to wind.
    """

    def __init__(self, world: World, seed: int, clock: Callable[[], float] | None = None) -> None:
        taken = {record["gid"] for kind in world.kinds() for record in world.all(kind)}
        self._dice = Dice(f"{seed}/changes", world.now, taken)
        self._clock = clock or Ticks(world.now)
        self._world = world
        self._now = world.now
        last_id = max((int(text.rpartition("-")[2]) for text in world.custom_ids), default=0)
        self._scene = Scene(world, self._dice, stamp(world.now), world.me, last_id)

    def apply(self, count: int, kinds: Sequence[str] | None = None) -> list[Happened]:
        """Makes so many changes, of these kinds only where some are named. Returns what was done, in order.

        A kind that finds nothing to change gives way to another. Raises ValueError for a kind that is none, and
        LookupError where none of the kinds finds anything to change.
        """
        unknown = [kind for kind in kinds or () if kind not in KINDS]
        if unknown:
            raise ValueError(f"No kind of change: {', '.join(unknown)}. There are {', '.join(KINDS)}.")
        names = [name for name in kinds or KINDS for _ in range(1 if kinds else WEIGHTS[KINDS[name]])]
        return [self._one(names) for _ in range(count)]

    def _one(self, names: Sequence[str]) -> Happened:
        self._now = max(self._now, datetime.fromtimestamp(self._clock(), UTC))
        self._scene.now = stamp(self._now)
        for _ in range(TRIES):
            self._scene.user = self._dice.pick(self._world.users)
            happened = KINDS[self._dice.pick(names)](self._scene)
            if happened is not None:
                return happened
        raise LookupError(f"Nothing is left to change for {', '.join(dict.fromkeys(names))}.")

    @property
    def moment(self) -> datetime:
        """When the last change happened."""
        return self._now

    def lose_events(self, share: float) -> int:
        """Lets this share of all events, those of before too, never be told: Asana tells each once at most.

        Returns how many were lost.
        """
        lost = {place for place in range(len(self._world.happened)) if self._dice.happens(share)}
        self._world.lost |= lost
        return len(lost)

    def forget_tokens(self) -> None:
        """Lets every sync token given so far be answered with a 412 and a new one, as after a day."""
        self._world.forgotten += 1


class Ticks:
    """A clock that says so many seconds more each time it is asked."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=7, milliseconds=13)) -> None:
        self._next = start
        self._step = step

    def __call__(self) -> float:
        self._next += self._step
        return self._next.timestamp()
