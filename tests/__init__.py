"""The tests. Every module of ours and of theirs is compiled once, not again by each process that a run starts."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
