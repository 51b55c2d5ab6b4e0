"""The access path of a scan: conjuncts and a catalog entry give the requests that can fill the wanted columns.

A path can be taken when every key it needs is known (from a conjunct, or because the token has one workspace) or is
enumerated by its parent, and when it can fill every column that is read. Of those, the cheapest in requests wins.
Only requests are decided here; the rows are filtered exactly afterwards, so a plan can be dear but never wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from asanaql.catalog.model import ACCESS_PATH, Catalog, Filter, Form, Paging, Path, Table
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct, Value, equalities, renamed
from asanaql.plan.examples import example
from asanaql.plan.filling import left_to_parent, shared
from asanaql.plan.parameters import GID, parameters
from asanaql.plan.told import said, sent

#: How much of a listing a filter is guessed to leave.
_SELECTIVITY = 0.4
#: Rows in a full page.
_PAGE = 100


class Sizes(Protocol):
    """What is known of how large things are."""

    def rows(self, table: Table) -> int:
        """How many rows the relation has, by the last listing of it or by the catalog's guess."""
        ...

    def requests(
        self, table: Table, path: Path, keys: Mapping[str, tuple[Value, ...]], parameters: Mapping[str, str]
    ) -> float:
        """How many requests the path's listings for these keys take, each with these filters."""
        ...

    def kept(self, table: Table) -> bool:
        """Whether the relation's rows are at hand, so that taking keys from them costs nothing."""
        ...


@dataclass(frozen=True)
class Access:
    """One path with what it is asked for.

    `keys` holds the values of the keys that are known, `parameters` the filters as query parameters, of which those in
    `told` no filter could replace, `context` the column values that every row will have. `parent` is what is known of
    the parent's rows when the parent is read: for the keys in `enumerated`, or only to fill columns. `requests` is the
    guessed cost.
    """

    path: Path
    keys: Mapping[str, tuple[Value, ...]]
    parameters: Mapping[str, str]
    context: Mapping[str, Value]
    enumerated: tuple[str, ...] = ()
    parent: tuple[Conjunct, ...] | None = None
    requests: float = 1.0
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What a scan sends: the union of `accesses`, or, where `alternatives`, the first of them that Asana recognizes."""

    accesses: tuple[Access, ...] = ()
    alternatives: bool = False
    requests: float = 0.0


@dataclass(frozen=True)
class Wanted:
    """What is asked of a relation: the columns that must be filled, and what is known of the rows.

    `workspace` is the one that keys are looked for in, if there is one; `only` the one that every row is in, because
    the token sees no other.
    """

    columns: Collection[str]
    conjuncts: Sequence[Conjunct] = ()
    workspace: str | None = None
    only: str | None = None
    equal: Mapping[str, tuple[Value, ...]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "equal", equalities(self.conjuncts))


def plan(table: Table, wanted: Wanted, catalog: Catalog, sizes: Sizes) -> Plan:
    """The cheapest way to a superset of the wanted rows.

    QueryError where the relation needs a key it was not given, and where a key is no gid.
    """
    chosen = _cheapest(table, wanted, catalog, sizes)
    for access in chosen.accesses:
        _check_keys(table, access, wanted)
    return chosen


def impossible(table: Table, wanted: Wanted) -> bool:
    """Whether no row can be as asked: the conjuncts contradict each other, or what the rows of every arm have.

    QueryError where an access path is named that the relation does not have.
    """
    _check_path(table, wanted)
    arms = [path for path in table.paths if path.arm]
    contradicted = any(not values for values in wanted.equal.values())
    return contradicted or (bool(arms) and not any(_agrees(path, wanted) for path in arms))


def _check_path(table: Table, wanted: Wanted) -> None:
    """Refuse the name of a path that is none."""
    if ACCESS_PATH.name not in wanted.columns:
        return
    named = wanted.equal.get(ACCESS_PATH.name)
    names = [path.name for path in table.paths]
    if named is None or not set(named) <= set(names):
        wrong = "a constant" if named is None else f"not '{named[0]}' but one"
        raise QueryError(f"asana_{table.name}(access_path := …) takes {wrong} of these: {', '.join(names)}.")


def _check_keys(table: Table, access: Access, wanted: Wanted) -> None:
    """Refuse what is no gid: Asana takes `me`, an e-mail address or 012 for a gid, and answers with other rows.

    So it does of a search's filters, without which the search could not be read in a reasonable time.
    """
    listed = [each.column for each in access.path.filters if access.path.search is not None and each.form is Form.LIST]
    named = {**{column: wanted.equal.get(column, ()) for column in listed}, **access.keys}
    for key, values in named.items():
        for value in values if key.endswith("gid") else ():
            if value is not None and not GID.fullmatch(str(value)):
                raise QueryError(
                    f"{table.name}: {key} is compared with '{value}', which is no gid. A gid is a number in quotes, "
                    "such as '1201234567890123'."
                )


def _cheapest(table: Table, wanted: Wanted, catalog: Catalog, sizes: Sizes) -> Plan:
    """The plan that is guessed to send the fewest requests."""
    if impossible(table, wanted):
        return Plan()
    arms: dict[str, list[Access]] = {}
    for path in table.paths:
        access = _access(table, path, wanted, catalog, sizes) if _possible(path, wanted) else None
        if access is not None:
            arms.setdefault(path.arm, []).append(access)
    cheapest = {arm: min(found, key=lambda each: each.requests) for arm, found in arms.items()}
    possible = {path.arm for path in table.paths if path.arm and _possible(path, wanted)}
    plans = []
    if "" in cheapest:
        plans.append(Plan((cheapest[""],), requests=cheapest[""].requests))
    if possible and possible <= set(cheapest):
        plans.append(_union([cheapest[path.arm] for path in _first_of_each_arm(table, possible)]))
    if not plans:
        raise QueryError(_needs(table, wanted))
    return min(plans, key=lambda each: each.requests)


def _first_of_each_arm(table: Table, arms: Collection[str]) -> list[Path]:
    """One path of each arm, in the order of the catalog."""
    return list({path.arm: path for path in reversed(table.paths) if path.arm in arms}.values())[::-1]


def _union(accesses: list[Access]) -> Plan:
    """All arms of a relation; one request where several arms would send the same."""
    distinct = {_identity(each): each for each in reversed(accesses)}
    chosen = tuple(distinct.values())[::-1]
    known = not any(each.enumerated for each in chosen)
    same = len({tuple(each.keys.items()) for each in chosen}) == 1
    # Where arms differ by a constant, each of them has rows of the same key.
    alternatives = len(chosen) > 1 and known and same and not any(each.path.always for each in chosen)
    cost = 1.0 if alternatives else sum(each.requests for each in chosen)
    return Plan(chosen, alternatives, cost)


def _identity(access: Access) -> object:
    if access.parent is not None:
        return access.path.name  # What is read above differs from arm to arm.
    asked = tuple(access.path.parameters.items()), tuple(access.path.always.items())
    return access.path.endpoint, asked, tuple(access.keys.items())


def _possible(path: Path, wanted: Wanted) -> bool:
    """Whether the path may be taken, and rows of its arm can have the values that the conjuncts ask for."""
    named = wanted.equal.get(ACCESS_PATH.name)
    if path.spare if named is None else path.name not in named:
        return False
    if named is None and any(wanted.equal.get(name) != (value,) for name, value in path.confined.items()):
        return False
    return _agrees(path, wanted)


def _agrees(path: Path, wanted: Wanted) -> bool:
    """Whether rows of the path's arm can have the values that the conjuncts ask for."""
    return all(value in wanted.equal[name] for name, value in path.fixed.items() if name in wanted.equal)


def _access(table: Table, path: Path, wanted: Wanted, catalog: Catalog, sizes: Sizes) -> Access | None:
    """The path with what it would be asked for, None where it cannot be taken."""
    if not table.distinct and any(
        table.column(name).hidden and name not in wanted.columns for name in _telling(path, wanted)
    ):
        return None  # The path shows a part of the relation, which only its function's argument asks for.
    told = sent(table, said(path, wanted.columns), wanted.equal, path)
    keys = {key: values for key in path.keys if (values := _known(key, wanted)) is not None}
    enumerated = tuple(key for key in path.keys if key not in keys)
    if not all(_enumerates(path, key) for key in enumerated):
        return None
    context = shared(table, path, wanted.columns, wanted.equal, wanted.only)
    # What is known of rows that are only counted must be told by the count, as they cannot be looked at.
    about = {each.column for each in wanted.conjuncts} if path.counts is not None else set()
    from_parent = left_to_parent(table, path, {*wanted.columns, *about}, context)
    if from_parent and (path.parent is None or not from_parent <= {*path.parent.keys, *path.parent.gives}):
        return None
    above = _above(path, wanted) if enumerated or from_parent else None
    taken = {**parameters(path.filters, wanted.conjuncts), **told}
    requests = sizes.requests(table, path, keys, taken)
    if above is not None and path.parent is not None:
        rows, cost = _parents(_parent(path, catalog), above, wanted, catalog, sizes)
        requests = (requests * rows if enumerated else requests) + cost
    return Access(path, keys, taken, context, enumerated, above, requests, frozenset(told))


def _telling(path: Path, wanted: Wanted) -> tuple[str, ...]:
    """The columns that may make its rows a part of the relation; whoever names the path means what it fixes."""
    return path.keys if ACCESS_PATH.name in wanted.equal else (*path.keys, *path.fixed)


def _known(key: str, wanted: Wanted) -> tuple[Value, ...] | None:
    """The values a key can have by the conjuncts, or the only workspace there is.

    Where NULL is one of them they are no keys: Asana cannot be asked for the rows that have none.
    """
    values = wanted.equal.get(key)
    if values is not None and None not in values:
        return values
    return (wanted.workspace,) if key == "workspace_gid" and wanted.workspace is not None else None


def _above(path: Path, wanted: Wanted) -> tuple[Conjunct, ...]:
    """What is known of the parent's rows."""
    assert path.parent is not None
    known = renamed(wanted.conjuncts, {**path.parent.gives, **path.parent.keys})
    always = tuple(Conjunct(column, comparison, (value,)) for column, comparison, value in path.parent.where)
    return known + always


def _parent(path: Path, catalog: Catalog) -> Table:
    """The relation that keys are from; where it is the path's own, without the paths that take them from itself."""
    assert path.parent is not None
    found = catalog[path.parent.table]
    if path not in found.paths:
        return found
    others = (each for each in found.paths if each.parent is None or each.parent.table != found.name)
    return replace(found, paths=tuple(others))


def read_above(access: Access, columns: Collection[str], catalog: Catalog) -> tuple[Table, frozenset[str]]:
    """The relation that an access reads its parents from, and what it needs of theirs to fill `columns` of ours.

    Of the same object in a listing, only what its record lacks is needed.
    """
    path, table = access.path, _parent(access.path, catalog)
    assert path.parent is not None
    own = path in catalog[path.parent.table].paths
    asked = left_to_parent(table, path, columns, access.context) if own else columns
    given = {theirs for ours, theirs in path.parent.gives.items() if ours in asked}
    return table, frozenset({*path.parent.keys.values(), *given})


def _parents(
    table: Table, above: tuple[Conjunct, ...], wanted: Wanted, catalog: Catalog, sizes: Sizes
) -> tuple[float, float]:
    """How many rows the parent is guessed to give, and for how many requests."""
    hidden = {each.column for each in above if table.column(each.column).hidden}
    narrowed = Wanted({"gid", *hidden}, above, wanted.workspace)
    keyed = narrowed.equal.get("gid")
    read = Plan() if sizes.kept(table) else _cheapest(table, narrowed, catalog, sizes)
    lacking = {name for access in read.accesses for name in access.path.lacks}
    narrowing = sum(each.comparison != "<>" and each.column not in lacking for each in above)
    rows = float(len(keyed)) if keyed is not None else sizes.rows(table) * _SELECTIVITY**narrowing
    return max(min(rows, read.requests * _PAGE) if read.accesses else rows, 1.0), read.requests


def _needs(table: Table, wanted: Wanted) -> str:
    """What to write so that the relation can be read."""
    named = wanted.equal.get(ACCESS_PATH.name)
    if named:
        keys = [key for path in table.paths if path.name == named[0] for key in path.keys]
        needed = f" It needs {' and '.join(keys)}." if keys else ""
        return f"{table.name} cannot be read by the access path '{named[0]}' with what the statement says.{needed}"
    hidden = [name for name in wanted.columns if table.column(name).hidden]
    unknown = sorted(name for name in hidden if name not in wanted.equal)
    if unknown:
        return (
            f"asana_{table.name}({unknown[0]} := …) takes a constant: it must be known before Asana is asked, so it "
            "cannot come from a column or a subquery."
        )
    if hidden:
        return (
            f"asana_{table.name} cannot combine {', '.join(sorted(hidden))} with the other columns and arguments "
            f"asked for: leave one of them out."
        )
    ways = dict.fromkeys(_ways(table))
    return f"{table.name} cannot be listed whole: Asana needs {' or '.join(ways)}. For example: {example(table)}"


def _ways(table: Table) -> list[str]:
    """The keys of each path that must be known, those by which rows are listed first."""
    listed = sorted((path for path in table.paths if not path.spare), key=lambda path: path.paging is Paging.ONE)
    keys = [[key for key in path.keys if not _enumerates(path, key)] for path in listed]
    return [" and ".join(each) for each in keys if each and not any(set(other) < set(each) for other in keys if other)]


def _enumerates(path: Path, key: str) -> bool:
    """Whether the parent of a path leads to all rows by this key."""
    return path.parent is not None and not path.parent.partial and key in path.parent.keys


def comparisons(table: Table, column: str) -> dict[str, tuple[str, ...]]:
    """For one column, the comparisons that reach Asana and the parameters they become, over all paths.

    A key is written into the address or a parameter; a filter becomes its parameter, and so does what is told.
    """
    reached: dict[str, list[str]] = {}
    for path in table.paths:
        for key in path.keys:
            if key == column:
                named = [name for name, key_column in path.parameters.items() if key_column == key]
                reached.setdefault("=", []).extend(named or [path.endpoint])
        for taken in _filters_of(path, column):
            for comparison in taken.comparisons:
                reached.setdefault(comparison, []).append(taken.parameter)
        for told in path.told:
            if told.column == column:
                named = [f"{told.parameter}.{{gid}}.{ending}" for ending in told.endings]
                reached.setdefault("=", []).extend(named or [told.parameter])
    return {comparison: tuple(dict.fromkeys(names)) for comparison, names in reached.items()}


def _filters_of(path: Path, column: str) -> list[Filter]:
    return [taken for taken in path.filters if taken.column == column]
