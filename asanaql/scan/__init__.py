"""Asana's rows as DuckDB reads them: requests sent side by side, pages turned into record batches, filtered exactly."""
