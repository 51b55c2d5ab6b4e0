"""After random changes of every kind, a copy that is brought up to date equals what Asana has."""

from __future__ import annotations

import pytest

from asanaql.demo.changes import Changes
from asanaql.sync.selection import relations
from tests.sync.test_copying import asked_by_task


@pytest.mark.parametrize("seed", [6])
def test_the_copy_equals_what_asana_has_after_200_changes(copying, seed):
    connection = copying.open()
    # Those that are asked for task by task would take long, and differ in nothing else.
    tables = [table.name for table in relations(connection.catalog, None) if not asked_by_task(table)]
    connection.sync(copying.file, tables)
    Changes(copying.world, seed).apply(200)
    report = connection.sync(copying.file, tables, allow_deletes=True)
    assert sum(each.added + each.changed + each.deleted for each in report.copied) > 100
    assert [each.relation for each in report.copied if not each.complete] == []
    assert copying.different(*tables) == {}
    again = connection.sync(copying.file, tables)
    assert sum(each.added + each.changed + each.deleted for each in again.copied) == 0
