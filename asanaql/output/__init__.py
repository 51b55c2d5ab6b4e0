"""How an answer looks: text for people and programs, files by their ending, progress, messages; and how it is stopped.

Used by the command line and the shell. It reads results and writes to streams it is given; it never asks Asana itself.
"""
