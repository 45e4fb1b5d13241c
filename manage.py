#!/usr/bin/env python3
"""Run one of the project's commands: manage.py COMMAND. `help` lists them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Run: make setup; then .venv/bin/python")
    from newsdb.finishing import documents_refreshed

    try:
        with documents_refreshed(sys.argv):
            execute_from_command_line(sys.argv)
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
