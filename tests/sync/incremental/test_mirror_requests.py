"""What an up-to-date answer costs in a workspace of sixty projects and more than five thousand tasks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from asanaql.demo import DemoTransport, Service, build
from asanaql.demo.changes import Changes
from asanaql.demo.changes.kinds import OFTEN
from tests.sync.incremental.conftest import BUILT, Kept

QUERY = "SELECT count(*), md5(string_agg(CAST(to_json(t) AS VARCHAR) ORDER BY gid, project_gid)) FROM tasks t"


def test_ten_changes_cost_at_most_seventy_requests_and_none_sixty(tmp_path: Path) -> None:
    world = build(scale=4, now=BUILT)
    changes = Changes(world, 5)
    assert len(world.projects) == 60
    assert len(world.tasks) >= 5000
    now = changes.moment + dt.timedelta(minutes=1)
    kept = Kept(world, tmp_path / "copy.duckdb")
    kept.sync(tables=["tasks", "subtasks"], now=now)
    service = Service(world)
    with (
        kept.opened(DemoTransport(service), lambda: now, mirror=kept.file, max_age="1 minute") as mirror,
        kept.opened(DemoTransport(Service(world))) as live,
    ):
        for done in (10, 0, 10):
            changes.apply(done, [kind.__name__ for kind in OFTEN])
            now = max(now, changes.moment) + dt.timedelta(minutes=2)
            answer = mirror.sql(QUERY)
            live.forget()
            assert answer.fetchall() == live.sql(QUERY).fetchall()
            assert answer.stats.requests == len(service.log)
            service.log.clear()
            assert answer.stats.requests <= (70 if done else 60)
        assert now - BUILT < dt.timedelta(hours=10)
