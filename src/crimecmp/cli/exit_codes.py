"""How a run ends: the exit codes of the program."""

OK = 0
FAILED = 1
"""The data or the run went wrong."""
USAGE = 2
"""The command line is wrong."""
FAILED_ON = 3
"""A row has what `--fail-on` names."""
INTERRUPTED = 130
PIPE_CLOSED = 141
"""The reader of the output went away."""
