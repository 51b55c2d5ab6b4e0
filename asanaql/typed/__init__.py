"""Custom fields as typed columns: a project's tasks, or a portfolio's items, with a column for each of its fields.

A call such as `asana_project('Launch plan')` stands in a statement for a query over `tasks`, and so does the body of a
view: which fields there are is asked before, their values are computed by DuckDB from `custom_fields`.
"""
