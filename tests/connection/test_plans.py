"""What a plan does not have: Asana's words, and the plan that would have it."""

from __future__ import annotations

import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport, Service


@pytest.fixture(scope="module")
def free(world, asana_of):
    """A connection of a token whose plan is free."""
    made = asana_of(world)
    return made.open(cache=False, transport=DemoTransport(Service(world, plan="free")))


def test_a_relation_that_the_plan_does_not_have_is_an_error_that_names_the_plan(free):
    with pytest.raises(asanaql.ApiError) as caught:
        free.sql("SELECT name FROM goals").fetchall()
    assert caught.value.status == 402
    assert str(caught.value).endswith(
        ": Goals are only available to premium users. goals needs an Asana Advanced or Enterprise plan."
    )


def test_an_arm_that_the_plan_does_not_have_is_skipped_with_its_plan(free, world):
    project = world.projects[0]["gid"]
    stories = free.sql(
        f"SELECT count(*) FROM stories WHERE task_gid IN (SELECT gid FROM tasks WHERE project_gid = '{project}')"
    )
    assert stories.fetchone()[0]
    updates = free.sql("SELECT gid FROM status_updates")
    assert updates.fetchall()
    [said] = [each for each in updates.warnings if "skipped" in each]
    assert said.startswith("status_updates: skipped those of every goal: Asana answered 402")
    assert said.endswith("goals needs an Asana Advanced or Enterprise plan.")


@pytest.mark.parametrize("table", [table for table in CATALOG.values() if table.plan], ids=lambda table: table.name)
def test_a_plan_reads_as_the_end_of_a_sentence(table):
    assert table.plan.startswith(("a ", "an "))
    assert not table.plan.endswith(".")
