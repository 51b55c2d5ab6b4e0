"""Keywords and functions, in the case that is being typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from asanaql.shell.completion.candidates import Candidate

#: Functions that are more likely meant than others with the same beginning.
_LIKELY = (
    *("count", "sum", "avg", "min", "max", "median", "any_value", "bool_or", "bool_and", "list", "string_agg"),
    *("arg_max", "arg_min", "mode", "now", "today", "date_trunc", "date_diff", "date_part", "date_add", "datediff"),
    *("year", "month", "week", "day", "dayname", "monthname", "strftime", "strptime", "age", "epoch", "make_date"),
    *("lower", "upper", "trim", "length", "substring", "replace", "concat", "concat_ws", "contains", "starts_with"),
    *("split_part", "string_split", "regexp_matches", "regexp_extract", "regexp_replace", "format", "printf"),
    *("round", "floor", "ceil", "abs", "greatest", "least", "ifnull", "unnest", "len", "array_length"),
    *("list_contains", "list_filter", "list_transform", "list_sort", "list_aggregate", "struct_pack"),
    *("row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", "ntile"),
    *("json_extract", "json_extract_string", "quantile_cont", "approx_count_distinct"),
)


def of_keywords(keywords: Iterable[str], *, lower: bool) -> Iterator[Candidate]:
    """The keywords, in capitals unless `lower`."""
    for keyword in keywords:
        yield Candidate(keyword.lower() if lower else keyword, "keyword")


def of_functions(functions: Sequence[str], *, likely: bool | None) -> Iterator[Candidate]:
    """The functions that are likely meant, or the others, or all."""
    if likely is not False:
        known = frozenset(functions)
        yield from (Candidate(f"{each}(", "function") for each in _LIKELY if each in known)
    if likely is not True:
        yield from (Candidate(f"{each}(", "function") for each in functions)
