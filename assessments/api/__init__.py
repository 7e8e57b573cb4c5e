"""The API under /api/v1/: the same actions and the same policies as the pages, for programs with a person's token."""
