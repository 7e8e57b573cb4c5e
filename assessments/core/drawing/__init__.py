"""Pictures as SVG text: pure, with classes alone on a page, and with colors of its own in a file (look.standalone)."""
