"""manage.py load_reference: code lists in, changed, switched off; never deleted."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from sources.code_lists import check_parents, read_code_lists
from sources.models import Term

pytestmark = pytest.mark.django_db

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"

SIZES = """list: size
title: Sizes
meaning: How large something is.
source: a test
entries:
  - code: small
    name: Small
    meaning: It fits in a hand.
    source: null
    parent: null
    mappings: {scale: 1, numeric: "01", both: [1, 2]}
  - code: tiny
    name: Tiny
    meaning: null
    source: Somebody else
    parent: small
    mappings: {}
"""


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("load_reference", *map(str, arguments), stdout=out)
    return out.getvalue()


def write(folder: Path, text: str = SIZES, name: str = "size.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def refusal(*arguments: object) -> list[str]:
    """The lines of the problems that the command names."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    first, *listed = str(error.value).splitlines()
    assert first == f"Nothing was loaded: {len(listed)} bad."
    return [line.strip() for line in listed]


def test_every_list_of_the_project_is_there() -> None:
    lists = {path.stem for path in REFERENCE.glob("*.yaml")}
    assert set(Term.objects.values_list("list", flat=True)) == lists
    assert Term.objects.get(pk="country/AFG").mappings["numeric"] == "004"
    assert Term.objects.get(pk="group/us_service_members").parent_id == (
        "group/americans"
    )


def test_modes_have_types_as_parents() -> None:
    modes = Term.objects.filter(list="plover-mode")
    assert modes.count() == 67
    assert {mode.parent.list for mode in modes.select_related("parent")} == {
        "plover-type"
    }


def test_positions_are_the_order_of_the_file() -> None:
    codes = Term.objects.filter(list="status").values_list("code", flat=True)
    assert list(codes)[:3] == ["draft", "coded", "reviewed"]


def test_nothing_changed_writes_nothing() -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        out = run()
    count = Term.objects.count()
    assert out == (f"28 lists: 0 new, 0 changed, {count} the same, 0 switched off.\n")
    assert not [q for q in queries if "INSERT" in q["sql"] or "UPDATE" in q["sql"]]


def test_new_list(tmp_path: Path) -> None:
    before = Term.objects.count()
    assert run(write(tmp_path)) == (
        "1 lists: 2 new, 0 changed, 0 the same, 0 switched off.\n"
    )
    small, tiny = Term.objects.filter(list="size")
    assert (small.pk, small.name, small.source) == ("size/small", "Small", "a test")
    assert small.mappings == {"scale": 1, "numeric": "01", "both": [1, 2]}
    assert (tiny.parent, tiny.meaning, tiny.source) == (small, "", "Somebody else")
    assert Term.objects.count() == before + 2


def test_changed_entry(tmp_path: Path) -> None:
    run(write(tmp_path))
    write(tmp_path, SIZES.replace("name: Tiny", "name: Very small"))
    assert "0 new, 1 changed, 1 the same, 0 switched off" in run(tmp_path)
    assert Term.objects.get(pk="size/tiny").name == "Very small"


def test_entry_gone_from_its_file_is_switched_off_and_comes_back(
    tmp_path: Path,
) -> None:
    run(write(tmp_path))
    write(tmp_path, SIZES[: SIZES.index("  - code: tiny")])
    assert "0 changed, 1 the same, 1 switched off" in run(tmp_path)
    assert Term.objects.get(pk="size/tiny").active is False
    assert "0 changed, 1 the same, 0 switched off" in run(tmp_path)
    write(tmp_path)
    assert "1 changed, 1 the same, 0 switched off" in run(tmp_path)
    assert Term.objects.get(pk="size/tiny").active is True


def test_entry_marked_inactive_is_switched_off(tmp_path: Path) -> None:
    run(write(tmp_path))
    write(tmp_path, SIZES + "    active: false\n")
    assert "0 changed, 1 the same, 1 switched off" in run(tmp_path)
    assert "0 changed, 2 the same, 0 switched off" in run(tmp_path)


def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    out = run(write(tmp_path), "--dry-run")
    assert out.startswith("Dry run, nothing was kept. 1 lists: 2 new")
    assert not Term.objects.filter(list="size").exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("code: small", "code: 1", 6, "entries[0].code: 1 is not of type 'string'."),
        ("name: Tiny", "name: null", 13, "entries[1].name: None is not of type"),
        ("name: Small", "nam: Small", 6, "entries[0]: Additional properties"),
        ("    source: null\n", "", 6, "entries[0]: 'source' is a required property"),
        ("title: Sizes\n", "", 1, "file: 'title' is a required property"),
        ("{}", "[]", 17, "entries[1].mappings: [] is not of type 'object'"),
        ("code: tiny", "code: small", 12, "the code small stands in line 6"),
        ("list: size", "list: sizes", 1, "the list sizes stands in a file of another"),
        ("parent: small", "parent: huge", 12, "the parent size/huge of size/tiny"),
        ("parent: small", "parent: tiny", 12, "size/tiny is a parent of its own"),
        ("    name: Tiny", "   name: Tiny", 13, "is not YAML"),
        ("title: Sizes", "list: size", 2, "is not YAML: found duplicate key"),
    ],
)
def test_problems_name_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in SIZES
    path = write(tmp_path, SIZES.replace(old, new, 1))
    listed = refusal(path)
    assert any(each.startswith(f"{path}:{line}: {reason}") for each in listed), listed


def test_all_files_are_checked_before_anything_is_written(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, SIZES.replace("list: size", "list: other"), "other.yaml")
    write(tmp_path, "- 1\n", "broken.yaml")
    write(tmp_path, "", "empty.yaml")
    write(tmp_path, "a: *b\n", "worse.yaml")
    listed = refusal(tmp_path)
    assert [each.split(":")[0].rpartition("/")[2] for each in listed] == [
        "broken.yaml",
        "empty.yaml",
        "worse.yaml",
    ]
    assert not Term.objects.filter(list="size").exists()


def test_a_list_stands_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    write(tmp_path), write(tmp_path / "a")
    (listed,) = refusal(tmp_path)
    assert "the list size stands in" in listed


def test_parents_may_be_in_the_database_already(tmp_path: Path) -> None:
    shutil.copy(REFERENCE / "plover-mode.yaml", tmp_path)
    assert "0 new, 0 changed, 67 the same" in run(tmp_path)


def test_circle_of_parents(tmp_path: Path) -> None:
    text = SIZES.replace("parent: null", "parent: tiny", 1)
    entries, bad = read_code_lists([write(tmp_path, text)])
    assert bad == []
    assert len(check_parents(entries)) == 2


def test_readme_beside_the_lists_is_passed_over() -> None:
    assert (REFERENCE / "README.md").exists()
    entries, bad = read_code_lists([REFERENCE])
    assert bad == check_parents(entries) == []
