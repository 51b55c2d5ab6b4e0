"""Which edges a statement has: the cases say it, and rows show that it is true."""

from __future__ import annotations

from asanaql.plan.edges import Known, Place, analysed


def test_a_statement_has_the_edges_of_its_case(case, shown) -> None:
    assert sorted(shown(case.text).splitlines()) == sorted(case.edges.splitlines())


def test_rows_that_an_edge_leaves_out_do_not_matter(edged_case, known: Known, world) -> None:
    analysis = analysed(edged_case.text, known)
    for seed in range(4):
        world.populate(analysis, seed)
        whole = world.rows(analysis)
        for edge in analysis.edges:
            assert world.rows(analysis, edge) == whole, edge
        for edge in (*analysis.edges, *analysis.edges):
            if isinstance(edge.receiver, Place):
                world.restrict(edge)
        assert world.rows(analysis) == whole
