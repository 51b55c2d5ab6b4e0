"""Dates and instants: no row for which a predicate is true is left out, in whatever zone, and few others are not."""

from __future__ import annotations

import datetime as dt

import pytest

#: Time zones, each with a day at which its clocks do something odd, or at which the calendar does.
ZONES = {
    "UTC": "2024-02-29",
    "Europe/Berlin": "2026-10-25",
    "America/Havana": "2026-11-01",  # midnight comes twice
    "Pacific/Apia": "2011-12-30",  # a day that never was
    "Pacific/Kiritimati": "1994-12-31",  # another, at the end of a year
    "Pacific/Kwajalein": "1993-08-21",  # another, in August
    "America/Los_Angeles": "2026-03-08",
    "Asia/Gaza": "2011-08-01",  # midnight comes twice, at the beginning of a month
    "Asia/Kolkata": "2026-03-31",
    "America/St_Johns": "2006-10-29",  # clocks were put back a minute after midnight
    "Australia/Lord_Howe": "2026-04-05",  # by half an hour
    "Africa/Cairo": "2023-04-28",  # no midnight
}

#: {day} is the odd day and {now} its afternoon.
INSTANTS = """
modified_at::date = DATE '{day}'
modified_at::date BETWEEN DATE '{day}' AND DATE '{day}' + 3
modified_at::date IN (DATE '{day}', DATE '{day}' + 3)
modified_at::date IN (DATE '{day}', NULL)
modified_at::date > DATE '{day}' - 7
modified_at::date <= DATE '{day}'
modified_at::date IS NOT DISTINCT FROM DATE '{day}'
DATE '{day}' >= modified_at::date
modified_at::timestamp > TIMESTAMP '{day}'
modified_at::timestamp BETWEEN TIMESTAMP '{day} 01:00' AND TIMESTAMP '{day} 01:30'
modified_at::timestamp = TIMESTAMP '{day} 00:30'
date_diff('day', modified_at, {now}) < 7
date_diff('hour', modified_at, {now}) BETWEEN 3 AND 40
date_diff('month', modified_at, {now}) = 1
date_sub('week', modified_at, {now}) = 2
date_sub('month', modified_at, {now}) = 1
date_sub('month', modified_at, TIMESTAMPTZ '2026-02-28 14:30+00') = 1
age(TIMESTAMPTZ '2026-02-28 14:30+00', modified_at) > INTERVAL 30 DAY
age({now}, modified_at) < INTERVAL 7 DAY
age({now}, modified_at) BETWEEN INTERVAL 1 MONTH AND INTERVAL 32 DAY
{now} - modified_at < INTERVAL 7 DAY
extract(day FROM {now} - modified_at) = 7
extract(epoch FROM {now} - modified_at) / 86400 < 7
modified_at + INTERVAL 7 DAY > {now}
modified_at + INTERVAL 1 MONTH > {now}
modified_at + INTERVAL 1 MONTH BETWEEN TIMESTAMPTZ '2026-02-28 11:00+00' AND TIMESTAMPTZ '2026-02-28 13:00+00'
modified_at - INTERVAL 1 MONTH < {now}
modified_at AT TIME ZONE 'Asia/Tokyo' > TIMESTAMP '{day}'
(modified_at AT TIME ZONE 'America/Havana')::date = DATE '{day}'
year(modified_at) = year(DATE '{day}')
year(modified_at) IN (year(DATE '{day}'), year(DATE '{day}') + 1)
yearweek(modified_at) = yearweek(DATE '{day}')
epoch_ms(modified_at) > epoch_ms({now})
date_trunc('month', modified_at)::date = date_trunc('month', DATE '{day}')
date_trunc('week', modified_at) IN (date_trunc('week', {now}), NULL)
time_bucket(INTERVAL 1 WEEK, modified_at) > {now}
strftime(modified_at, '%Y-%m') = strftime(DATE '{day}', '%Y-%m')
strftime(modified_at, '%Y-%m-%d %H:%M') > '{day} 01'
strftime(modified_at, 'week %G-%V') = strftime(DATE '{day}', 'week %G-%V')
modified_at::varchar LIKE '{day}%'
modified_at::date = DATE '{day}' + 2 OR modified_at::date > DATE '{day}' + 20
modified_at::date = DATE '{day}' AND random() >= 0 AND year(modified_at) > 1990
(modified_at::date = DATE '{day}' + 2 AND random() >= 0) OR modified_at::date = DATE '{day}' + 20
modified_at::date < DATE '{day}' AND {now} - modified_at < INTERVAL 20 DAY
""".strip().splitlines()

DATES = """
due_on < {now}
due_on = TIMESTAMPTZ '{day} 00:00:00'
due_on + 3 + random()::int * 0 > DATE '{day}' OR due_on + 3 > DATE '{day}'
due_on + INTERVAL 3 DAY > {now}
due_on + INTERVAL 1 MONTH > {now}
DATE '{day}' - due_on > 3
DATE '{day}' - due_on BETWEEN -7 AND 0
datediff('day', due_on, DATE '{day}') < 7
datediff('month', due_on, DATE '{day}') = 1
date_sub('month', due_on, DATE '{day}') = 1
year(due_on) = year(DATE '{day}') OR due_on = DATE '{day}' + 20
year(due_on) = 2026 AND month(due_on) = 3
last_day(due_on) = last_day(DATE '{day}')
make_date(year(due_on), 1, 1) = make_date(year(DATE '{day}'), 1, 1)
strftime(due_on, '%Y-%m') = strftime(DATE '{day}', '%Y-%m')
strftime(due_on, '%Y-%j') <= strftime(DATE '{day}', '%Y-%j')
due_on::varchar LIKE '2026-03%'
due_on IN (DATE '{day}', NULL)
due_on::timestamptz AT TIME ZONE 'Asia/Tokyo' > TIMESTAMP '{day}'
month(due_on) = 3
dayofweek(due_on) = 1
""".strip().splitlines()

#: What no range says; and a condition that DuckDB prints wrongly, so that nothing of it is left to go by.
UNBOUNDED = {
    "year(due_on) = 2026 AND month(due_on) = 3",
    "month(due_on) = 3",
    "dayofweek(due_on) = 1",
    "due_on + 3 + random()::int * 0 > DATE '{day}' OR due_on + 3 > DATE '{day}'",
}
#: How many days more than needed a range may have on either side, and where months are counted.
_SLACK, _SLACK_OF_MONTHS = 3, 10
_DAY = 86_400_000_000


def rows(planner, zone, day):
    """Instants and days: all around the odd day, at month ends, and every other day or so for years."""
    planner.duck.execute(f"SET TimeZone = '{zone}'")
    middle = f"epoch_us(TIMESTAMPTZ '{day} 00:00:00+00')"
    planner.duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE moments AS
        SELECT make_timestamptz(moment) AS modified_at, make_timestamptz(moment)::date AS due_on FROM (
            SELECT {middle} + i * 1_021_000_003 AS moment FROM range(-3000, 3000) t(i)
            UNION SELECT {middle} + i * 600_000_000 FROM range(-400, 400) t(i)
            UNION SELECT {middle} + i * 30_000_000_017 FROM range(-2000, 2000) t(i)
            UNION SELECT epoch_us(TIMESTAMPTZ '2026-01-27 00:00+00') + i * 1_800_000_000 FROM range(2000) t(i))
    """)


def predicate_of(template, day):
    return template.format(day=day, now=f"TIMESTAMPTZ '{day} 14:30:00+00'")


def of_days(value):
    return value.toordinal() if isinstance(value, dt.date) else value // _DAY


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("column", "read", "templates"),
    [("modified_at", "epoch_us(modified_at)", INSTANTS), ("due_on", "due_on", DATES)],
    ids=["instants", "dates"],
)
def test_no_row_is_left_out_and_few_are_left_in(planner, zone, column, read, templates):
    day = ZONES[zone]
    rows(planner, zone, day)
    everything = sorted(value for (value,) in planner.evaluate(f"SELECT DISTINCT {read} FROM moments"))
    for template in templates:
        predicate = predicate_of(template, day)
        known = planner.implied(predicate)
        held = sorted(value for (value,) in planner.evaluate(f"SELECT {read} FROM moments WHERE {predicate}"))
        assert {each.column for each in known} <= {column}
        lost = [value for value in held if not all(each.holds(value) for each in known)]
        assert not lost, (predicate, known, lost[:3])
        if template in UNBOUNDED:
            assert known == []
            continue
        left = [value for value in everything if all(each.holds(value) for each in known)]
        assert len(left) < len(everything), predicate
        of_months = any(word in predicate for word in ("age(", "1 MONTH", "date_sub('month'"))
        slack = _SLACK_OF_MONTHS if of_months else _SLACK
        if held:
            assert of_days(held[0]) - of_days(left[0]) <= slack, (predicate, known)
            # Of an instant's text the year 10000 comes before all others, so that there may be no end.
            if column == "due_on" or not any(word in predicate for word in ("strftime", "varchar")):
                assert of_days(left[-1]) - of_days(held[-1]) <= slack, (predicate, known)


def test_most_predicates_are_true_of_some_rows(planner):
    day = ZONES["UTC"]
    rows(planner, "UTC", day)
    counts = [
        planner.evaluate(f"SELECT count(*) FROM moments WHERE {predicate_of(template, day)}")[0][0]
        for template in INSTANTS + DATES
    ]
    assert sum(count > 0 for count in counts) > 0.9 * len(counts)
