"""Which of very many points are drawn."""

from __future__ import annotations

from asanaql.output.chart.points import thinned


def test_few_points_are_all_drawn():
    points = [(float(at), float(at % 3)) for at in range(40)]
    assert thinned(points, 0.0, 39.0, 10) == points


def test_of_many_points_the_ends_and_the_extremes_of_each_place_are_drawn():
    points = [(float(at), {3: 99.0, 5: -9.0}.get(at % 16, float(at % 16))) for at in range(1024)]
    kept = thinned(points, 0.0, 1024.0, 64)
    assert kept == [point for at, point in enumerate(points) if at % 16 in (0, 3, 5, 15)]


def test_what_is_drawn_is_in_the_order_of_time_and_holds_the_last():
    points = [(float(at), float(at * 7919 % 1000)) for at in range(5000)]
    kept = thinned(points, 0.0, 4999.0, 50)
    assert kept == sorted(kept)
    assert kept[-1] == points[-1]
    assert len(kept) <= 4 * 51
