"""Ticks are round, hold what is drawn, and can be told apart."""

from __future__ import annotations

import pytest

from asanaql.output.chart.axes import moment_labels, moment_ticks, number_labels, round_ticks

DAY = 86_400.0
REACHES = [(0, 1), (0, 3481), (-580, 841), (95, 97), (0.001, 0.0042), (-3e9, 7e12), (1e-9, 3e-9), (-1, 0), (0, 1e300)]


@pytest.mark.parametrize("most", range(2, 9))
@pytest.mark.parametrize(("low", "high"), REACHES)
def test_the_ticks_of_numbers_hold_them_and_are_as_many_as_told(low, high, most):
    ticks = round_ticks(low, high, most)
    assert ticks[0] <= low + 1e-9 * abs(low)
    assert ticks[-1] >= high - 1e-9 * abs(high)
    assert 2 <= len(ticks) <= max(most, 3)
    labels = number_labels(ticks)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("ticks", "labels"),
    [
        ([0.0, 500.0, 1000.0], ["0", "500", "1,000"]),
        ([0.0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([0.0, 5e11, 1e12], ["0", "5e+11", "1e+12"]),
    ],
)
def test_numbers_have_the_digits_that_tell_them_apart(ticks, labels):
    assert number_labels(ticks) == labels


@pytest.mark.parametrize(
    ("first", "last", "most", "labels"),
    [
        (0, 10 * DAY, 3, ["1970-01-01", "1970-01-06", "1970-01-11"]),
        (0, 7 * DAY, 4, ["1970-01-01", "1970-01-03", "1970-01-06", "1970-01-08"]),
        (0, DAY, 3, ["01-01 00:00", "12:00", "01-02 00:00"]),
        (0, 3600, 3, ["01-01 00:00", "00:30", "01:00"]),
        (0, 10, 2, ["01-01 00:00:00", "00:00:10"]),
        (-86_400 * 365, 0, 2, ["1969-01-01", "1970-01-01"]),
    ],
)
def test_moments_are_days_or_times_as_they_are_apart(first, last, most, labels):
    assert moment_labels(moment_ticks(float(first), float(last), most)) == labels
