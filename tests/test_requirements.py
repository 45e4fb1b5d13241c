"""What is installed to run and what is installed to test go into one environment."""

import re
from pathlib import Path

LOCKED = Path(__file__).parents[1] / "requirements"


def pinned(name):
    return set(re.findall(r"^\S+==.+?(?= \\$)", (LOCKED / name).read_text(), re.M))


def test_running_and_testing_take_the_same_versions():
    run = pinned("run.txt")
    assert any(each.startswith("django==") for each in run)
    assert run <= pinned("test.txt")
