"""A whole statement across its relations: DuckDB's plan of it, the keys that one has for another, the costs."""
