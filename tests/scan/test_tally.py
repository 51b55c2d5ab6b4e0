"""What a scan counts, and what it expects."""

from __future__ import annotations

from asanaql.scan.tally import Tally, scan_stats

A, B, C = ("tasks", "project", "1"), ("tasks", "project", "2"), ("projects", "workspace", "7")


def expecting(guess, *, whole=True, **numbers):
    tally = Tally("tasks", "1.o1", whole=whole)
    tally.guess(guess)
    for name, number in numbers.items():
        setattr(tally, name, number)
    return tally


def test_the_guess_for_all_holds_until_all_listings_are_known():
    tally = expecting(9.2)
    assert tally.stats.expected == 10
    tally.announce(A, 1.5)
    assert tally.stats.expected == 10
    tally.complete()
    assert tally.stats.expected == 2


def test_listings_that_are_more_than_was_guessed_count():
    tally = expecting(1.0)
    for listing in (A, B, C):
        tally.announce(listing, 2.0)
    assert tally.stats.expected == 6


def test_a_listing_that_is_announced_twice_is_expected_once():
    tally = expecting(0.0)
    tally.announce(A, 2.0)
    tally.announce(A, 3.0)
    assert tally.stats.expected == 2


def test_a_page_is_one_request_less_to_come_and_another_where_asana_has_more():
    tally = expecting(0.0)
    tally.announce(A, 2.0)
    for place, (more, expected) in enumerate([(True, 2), (True, 3), (True, 4), (False, 4)], 1):
        tally.requests += 1
        tally.page(A, more=more)
        assert (tally.requests, tally.stats.expected) == (place, expected)


def test_what_another_scan_asks_is_not_expected_of_this_one():
    tally = expecting(0.0)
    tally.announce(A, 2.0)
    tally.page(A, more=True)
    assert (tally.stats.requests, tally.stats.expected) == (0, 1)
    tally.page(A, more=False)
    tally.read(A)
    assert (tally.stats.requests, tally.stats.expected) == (0, 0)


def test_a_listing_shorter_than_guessed_is_expected_no_more_when_it_is_read():
    tally = expecting(0.0)
    tally.announce(A, 2.6)
    tally.announce(B, 1.4)
    tally.read(A)
    tally.read(A)
    assert tally.stats.expected == 2


def test_nothing_is_expected_of_a_scan_that_may_stop_early_until_it_has_ended():
    tally = expecting(40.0, whole=False, requests=3)
    assert tally.stats.expected is None
    tally.end()
    assert (tally.stats.expected, tally.stats.ended) == (3, True)


def test_nothing_is_expected_before_there_is_a_guess():
    assert Tally("tasks", whole=True).stats.expected is None


def test_a_tally_is_of_the_relation_that_is_asked_first():
    tally = Tally()
    assert scan_stats([tally]) == ()
    tally.of("projects").of("workspaces")
    assert [each.relation for each in scan_stats([tally])] == ["projects"]


def test_what_is_read_again_under_one_name_is_one_scan():
    first, again = expecting(4.0, requests=1, rows=10, cached=2), expecting(3.0, requests=2, rows=5)
    other = Tally("projects", "1.o2")
    [stats, second] = scan_stats([first, other, again])
    assert (stats.requests, stats.expected, stats.rows, stats.cached) == (3, 7, 15, 2)
    assert second.relation == "projects"
    first.end()
    [stats, _] = scan_stats([first, other, again])
    assert (stats.expected, stats.ended) == (4, False)


def test_scans_without_a_name_are_not_put_together():
    assert len(scan_stats([Tally("tasks"), Tally("tasks")])) == 2
