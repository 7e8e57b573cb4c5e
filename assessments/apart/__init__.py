"""Work that is done in a process apart: files are made, and files from outside are read. See docs/adr/0011.

`process.py` is what the rest of the program asks; `line.py` is how both sides speak; `main.py` is the process itself,
and `work.py` what it can do. Whoever asks never loads the libraries of file formats, and outlives whatever they do.
"""
