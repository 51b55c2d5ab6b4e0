"""Which columns of our relations a statement equates: sqlglot finds them, and nothing it renders is ever executed."""

from asanaql.plan.edges.analysis import Analysis, analysed
from asanaql.plan.edges.model import RULES, Edge, Known, Occurrence, Place, Probe, Unplanned

__all__ = ["RULES", "Analysis", "Edge", "Known", "Occurrence", "Place", "Probe", "Unplanned", "analysed"]
