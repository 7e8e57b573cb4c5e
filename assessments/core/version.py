"""Which program and which rules made something; stored with results and snapshots."""

PROGRAM = "Indicia"
PROGRAM_VERSION = "0.1.0"

RULES_VERSION = "6"
"""Goes up with every change that may give another level, finding, sentence or recommendation for the same record.

A snapshot of another rules version verifies by its hash and says so instead of recomputing (decisions.md 12).
"""
