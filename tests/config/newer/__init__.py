"""An app as a newer program would have it."""
