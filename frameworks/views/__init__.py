"""Function views of the reference pages: look up, answer. They read; nothing here writes."""
