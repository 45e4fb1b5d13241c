"""PostgreSQL from a Python wheel, for a machine that has no server.

`server` starts and stops it, `base` is the Django database engine that asks for it
at the first connection and not before.
"""
