"""The command line: options, statements from wherever they come, answers to wherever they go, exit codes."""
