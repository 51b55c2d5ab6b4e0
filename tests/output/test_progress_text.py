"""What is said about a running statement."""

from __future__ import annotations

from asanaql import ScanStats, Stats
from asanaql.output.progress_text import progress_lines

NUMBERS = {"rows": 0, "seconds": 0.0, "requests": 0, "cached": 0, "retries": 0, "bytes": 0, "waited": 0.0}
PROJECTS = ScanStats("projects", "1.o1", 2, 2, 40, 1, keys=True, ended=True)
TASKS = ScanStats("tasks", "1.o2", 12, 40, 1204, 3)
STORIES = ScanStats("stories", "1.o3", 1700, 12_000, 23_500, 0)


def lines(*scans, elapsed=12.0, columns=79, most=6, waits=None, **numbers):
    stats = Stats(**{**NUMBERS, **numbers}, waiting=waits is not None, scans=scans, waits=waits or 0.0)
    return progress_lines(stats, elapsed, columns, most)


def test_one_scan_is_all_in_one_line():
    assert lines(TASKS) == ["tasks   12 of ~40 requests   1,204 rows   3 cached   12 s"]


def test_several_scans_have_a_line_each_and_one_in_all():
    assert lines(PROJECTS, TASKS, STORIES) == [
        "projects (keys)                  2 requests       40 rows   1 cached",
        "tasks                    12 of ~40 requests    1,204 rows   3 cached",
        "stories           1,700 of ~12,000 requests   23,500 rows",
        "in all                       1,714 requests   24,744 rows   4 cached   12 s",
    ]


def test_what_there_is_none_of_is_not_said():
    assert lines(ScanStats("tasks", "", 0, 7, 0, 0)) == ["tasks   0 of ~7 requests   12 s"]


def test_nothing_is_expected_where_a_limit_may_end_the_scan():
    assert lines(ScanStats("tasks", "", 1, None, 100, 0)) == ["tasks   1 request   100 rows   12 s"]


def test_what_has_ended_is_no_guess_any_more():
    assert lines(ScanStats("tasks", "", 40, 40, 3900, 0, ended=True)) == ["tasks   40 requests   3,900 rows   12 s"]


def test_a_statement_that_reads_nothing_of_asana_has_its_time():
    assert lines(elapsed=1834.4) == ["0 requests   1,834 s"]


def test_scans_of_one_relation_are_numbered():
    keys = ScanStats("tasks", "1.o2", 1, 1, 5, 0, keys=True)
    assert [line.partition("   ")[0] for line in lines(TASKS, keys, PROJECTS, TASKS)] == [
        "tasks",
        "tasks (2, keys)",
        "projects (keys)",
        "tasks (3)",
        "in all",
    ]


def test_waiting_for_asanas_limit_is_said_with_its_seconds():
    assert lines(ScanStats("tasks", "", 9, None, 0, 0), waits=11.2) == [
        "tasks   9 requests   12 s   waiting 12 s for Asana's limit"
    ]
    assert lines(waits=0.0) == ["0 requests   12 s   waiting for Asana's limit"]


def test_what_is_said_of_time_has_a_line_of_its_own_where_there_is_no_room_beside_the_numbers():
    assert lines(TASKS, columns=39, waits=3.0) == [
        "tasks   12 of ~40 requests   1,204 rows",
        "12 s   waiting 3 s for Asana's limit",
    ]


def test_lines_end_where_the_screen_does():
    assert lines(TASKS, STORIES, columns=25) == [
        "tasks            12 of ~4",
        "stories   1,700 of ~12,00",
        "in all               1,71",
        "12 s",
    ]
    assert lines(TASKS, columns=25, most=1) == ["tasks   12 of ~40 request"]


def test_of_many_scans_those_that_run_are_shown_and_the_others_summed():
    ended = [ScanStats(f"ended_{place}", "", 1, 1, 10, 1, ended=True) for place in range(3)]
    running = [ScanStats(f"running_{place}", "", 2, 4, 0, 0) for place in range(4)]
    assert lines(*ended, *running) == [
        "running_0   2 of ~4 requests",
        "running_1   2 of ~4 requests",
        "running_2   2 of ~4 requests",
        "running_3   2 of ~4 requests",
        "3 others          3 requests   30 rows   3 cached",
        "in all           11 requests   30 rows   3 cached   12 s",
    ]
    assert lines(*ended, running[0], most=4) == [
        "ended_0            1 request   10 rows   1 cached",
        "running_0   2 of ~4 requests",
        "2 others          2 requests   20 rows   2 cached",
        "in all            5 requests   30 rows   3 cached   12 s",
    ]


def test_where_two_lines_fit_only_the_sum_is_shown():
    assert lines(PROJECTS, TASKS, most=2) == ["in all   14 requests   1,244 rows   4 cached   12 s"]


def test_a_number_that_does_not_fit_is_left_out():
    assert lines(PROJECTS, TASKS, columns=40) == [
        "projects (keys)           2 requests",
        "tasks             12 of ~40 requests",
        "in all                   14 requests",
        "12 s",
    ]


def test_the_time_that_is_left_at_asanas_limit_is_told_where_it_is_long():
    stats = Stats(**NUMBERS, waiting=False, scans=(TASKS, STORIES))
    assert stats.at(1500).left == (28 + 10_300) * 60 / 1500
    assert progress_lines(stats.at(1500), 12.0, 99, 1)[-1].endswith("12 s   ~7 min left at Asana's limit")
    assert progress_lines(stats.at(15_000), 12.0, 99, 1)[-1].endswith("12 s   ~41 s left at Asana's limit")
    alone = Stats(**NUMBERS, waiting=False, scans=(TASKS, PROJECTS))
    assert progress_lines(alone.at(1500), 12.0, 99, 1)[-1].endswith("12 s")
