"""What may come next in a text that is being typed: a function of the text, the cursor and the vocabulary.

It sends nothing and asks nobody, so that no key press waits.
"""

from __future__ import annotations

from asanaql.shell.completion.candidates import Suggestion
from asanaql.shell.completion.commands import file_in
from asanaql.shell.completion.names import Names
from asanaql.shell.completion.suggesting import suggestions
from asanaql.shell.completion.vocabulary import CommandWords, Vocabulary, vocabulary

__all__ = ["CommandWords", "Names", "Suggestion", "Vocabulary", "file_in", "suggestions", "vocabulary"]
