"""Every kind of change by its name, and how often each happens among the others."""

from __future__ import annotations

from collections.abc import Callable

from asanaql.demo.changes import (
    edits,
    family,
    involving,
    labels,
    making,
    people,
    places,
    plans,
    projects,
    sections,
    settings,
    talking,
    trash,
)
from asanaql.demo.changes.scene import Happened, Scene

Kind = Callable[[Scene], Happened | None]

#: What people do all day, what they do now and then, and what changes much at once.
OFTEN: tuple[Kind, ...] = (
    edits.rename_task,
    edits.describe_task,
    edits.schedule_task,
    edits.complete_task,
    edits.reopen_task,
    involving.assign_task,
    labels.set_custom_field,
    talking.comment,
    places.move_to_section,
    making.create_task,
    making.create_subtask,
    trash.delete_task,
)
SOMETIMES: tuple[Kind, ...] = (
    involving.unassign_task,
    involving.follow_task,
    involving.unfollow_task,
    involving.like_task,
    labels.tag_task,
    labels.untag_task,
    talking.edit_comment,
    talking.like_comment,
    talking.delete_comment,
    talking.attach_file,
    talking.remove_file,
    places.add_to_project,
    places.remove_from_project,
    places.move_to_project,
    family.set_parent,
    family.remove_parent,
    family.add_dependency,
    family.remove_dependency,
    making.create_loose_task,
    trash.undelete_task,
    sections.create_section,
    sections.rename_section,
    sections.move_section,
    sections.delete_section,
    projects.rename_project,
    projects.describe_project,
    plans.edit_goal,
    plans.post_status,
)
SELDOM: tuple[Kind, ...] = (
    projects.create_project,
    projects.archive_project,
    projects.unarchive_project,
    projects.delete_project,
    settings.add_field,
    settings.remove_field,
    settings.rename_field,
    settings.add_member,
    settings.remove_member,
    people.rename_user,
    people.rename_tag,
    people.join_a_team,
    people.leave_a_team,
    people.join_the_workspace,
    people.leave_the_workspace,
    plans.add_to_portfolio,
    plans.remove_from_portfolio,
    plans.rename_portfolio,
    plans.support_goal,
    plans.abandon_goal,
    plans.delete_status,
)
WEIGHTS: dict[Kind, int] = {
    **dict.fromkeys(OFTEN, 6),
    **dict.fromkeys(SOMETIMES, 3),
    **dict.fromkeys(SELDOM, 1),
}
KINDS: dict[str, Kind] = {kind.__name__: kind for kind in WEIGHTS}
