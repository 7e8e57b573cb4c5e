"""A migration of a program newer than the database."""
