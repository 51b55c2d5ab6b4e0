"""A source for dlt: every destination that it has gets the relations, and after that what changed in them.

`source` is what a program calls. A load first brings a copy up to date (`upkeep`), then asks the destination which rows
it has (`destination`), and hands over what is missing there and what is there too much (`difference`). So nothing has
to be remembered: a load that failed, a destination that was emptied or a new one only have more to get.
"""

from asanaql.dlt.source import dlt_source

__all__ = ["dlt_source"]
