"""What is done to an uploaded file in a child process that may crash, hang or run out of memory without harm.

Nothing here imports Django or the rest of the house: the child starts in isolated mode, with an empty
environment and the limits of `limits.py`. `__main__.py` is its only way in.
"""
