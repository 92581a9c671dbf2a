"""What is done to an uploaded file in a child process that may crash, hang or run out of memory without harm.

Nothing here imports Django or the rest of the house: the child starts in isolated mode, with an empty
environment and the limits of `limits.py`. `child.py` stays outside and starts it; what it may be asked to do are
`file.py` (may this file be kept), `table.py` (what stands in this sheet) and `remarks.py` (mark cells of it).
"""
