from __future__ import annotations

import pytest

from asanaql.api.bucket import Bucket


def taken(bucket: Bucket, start: float, count: int) -> list[float]:
    """The times at which `count` tokens are there, waiting for each."""
    now, times = start, []
    for _ in range(count):
        now += bucket.wait(now)
        bucket.take(now)
        times.append(round(now, 6))
    return times


def test_it_starts_full_with_a_tenth_of_a_minutes_worth() -> None:
    assert taken(Bucket(1500), 0, 152) == [0.0] * 150 + [0.04, 0.08]


def test_a_rest_fills_it_no_further_than_that() -> None:
    bucket = Bucket(1500)
    taken(bucket, 0, 150)
    assert taken(bucket, 3600, 151) == [3600.0] * 150 + [3600.04]


def test_a_refusal_halves_the_rate_and_lets_one_go_first() -> None:
    bucket = Bucket(1500)
    bucket.refused(bucket.episode, 10.0)
    assert bucket.rate == 750
    assert taken(bucket, 10.0, 3) == [10.0, 10.08, 10.16]


def test_nothing_refills_before_the_wait_is_over() -> None:
    bucket = Bucket(1500)
    bucket.refused(bucket.episode, 10.0)
    assert bucket.wait(5.0) == 0  # the one that goes first; that nothing goes before 10.0 is the pace's part
    bucket.take(5.0)
    assert taken(bucket, 10.0, 2) == [10.08, 10.16]


def test_refusals_of_what_was_sent_before_count_once() -> None:
    bucket = Bucket(1500)
    sent = bucket.episode
    for _ in range(40):
        bucket.refused(sent, 1.0)
    assert bucket.rate == 750


def test_a_refusal_of_what_was_sent_later_counts_again() -> None:
    bucket = Bucket(1500)
    for expected in (750, 375, 187.5, 93.75, 60, 60):
        bucket.refused(bucket.episode, 1.0)
        assert bucket.rate == expected


def test_a_limit_below_the_floor_is_kept() -> None:
    bucket = Bucket(30)
    bucket.refused(bucket.episode, 1.0)
    assert bucket.rate == 30


def test_answers_raise_the_rate_by_steps_up_to_where_it_began() -> None:
    bucket = Bucket(1500)
    bucket.refused(bucket.episode, 1.0)
    for _ in range(100):
        bucket.answered(bucket.episode)
    assert bucket.rate == pytest.approx(770)
    for _ in range(10_000):
        bucket.answered(bucket.episode)
    assert bucket.rate == 1500


def test_an_answer_to_what_was_sent_before_a_refusal_raises_nothing() -> None:
    bucket = Bucket(1500)
    sent = bucket.episode
    bucket.refused(sent, 1.0)
    bucket.answered(sent)
    assert bucket.rate == 750
