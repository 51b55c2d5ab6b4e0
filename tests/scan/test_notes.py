from __future__ import annotations

import threading

import pyarrow as pa

from asanaql.catalog.model import Column
from asanaql.scan.notes import Notes

NAME = Column("owner_name", pa.string(), "Whose.", ("owner", "name"), ("owner.name",))
COLOR = Column("color", pa.string(), "Which.", ("color",), ("color",))


def noted() -> Notes:
    notes = Notes()
    notes.say("projects: skipped project_gid 7: No.")
    notes.absent("projects", "owner", 2, 10)
    notes.absent("projects", "color", 0, 10)
    notes.unreadable("projects", "color", "5", 3)
    return notes


def test_nothing_noted_is_no_warning() -> None:
    assert Notes().warnings == []


def test_a_sentence_is_kept_once_in_the_order_said() -> None:
    notes = Notes()
    for sentence in ("b", "a", "b"):
        notes.say(sentence)
    assert notes.warnings == ["b", "a"]


def test_absences_add_up_over_pages() -> None:
    notes = Notes()
    notes.absent("tasks", "notes", 0, 100)
    notes.absent("tasks", "notes", 3, 100)
    notes.absent("tasks", "notes", 1, 50)
    [warning] = notes.warnings
    assert warning.startswith("tasks: Asana sent no 'notes' in 4 of 250 rows")


def test_a_field_that_never_was_absent_is_not_mentioned() -> None:
    notes = Notes()
    notes.absent("tasks", "notes", 0, 100)
    assert notes.warnings == []


def test_unreadable_values_are_one_sentence_for_a_column_with_its_first_example() -> None:
    notes = Notes()
    notes.unreadable("tasks", "due_on", "'soon'", 1)
    assert notes.warnings == ["tasks: 1 value is not of the type of 'due_on' and read as NULL, such as 'soon'."]
    notes.unreadable("tasks", "due_on", "'later'", 2)
    assert notes.warnings == ["tasks: 3 values are not of the type of 'due_on' and read as NULL, such as 'soon'."]


def test_what_was_noted_of_a_listing_is_said_again_when_it_is_read_from_what_was_kept() -> None:
    again = Notes()
    again.recall(noted().written, (NAME, COLOR))
    assert again.warnings == noted().warnings
    assert len(again.warnings) == 3


def test_of_a_kept_listing_only_the_columns_that_are_used_are_spoken_of() -> None:
    again = Notes()
    again.recall(noted().written, (NAME,))
    assert again.warnings == noted().warnings[:2]
    skipped = Notes()
    skipped.recall(noted().written, ())
    assert skipped.warnings == noted().warnings[:1]


def test_threads_may_note_at_the_same_time() -> None:
    notes = Notes()

    def count() -> None:
        for _ in range(500):
            notes.absent("tasks", "notes", 1, 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "in 2000 of 2000 rows" in notes.warnings[0]
