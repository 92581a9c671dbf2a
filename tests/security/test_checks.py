"""docs/checks.md tells the truth: what it names exists, and what is checked here it names."""

import ast
import re
from pathlib import Path

import pytest

from scripts.chaos.faults import ALONE, IN_ONE_WORLD

ROOT = Path(__file__).resolve().parents[2]
FIRST_FIFTY = {
    "AUTHZ": "01 02 03 08 10 11 12 14 16 25 26", "PRIV": "01 02 03 07 08 14 17", "LOSS": "01 02 03 04 12",
    "RACE": "01 04 07 10 12", "TIME": "01 02 11", "JOB": "02 05 06", "FILE": "05 06 07 18", "AUTHN": "03 11",
    "SESS": "07 09", "BKP": "01 09", "AUD": "01 03 04", "INJ": "03", "HDR": "09", "DEP": "02",
}  # fmt: skip
ROW = re.compile(r"^\| ([A-Z]+-\d\d) \| (.+?) \| (.+) \|$", re.MULTILINE)
COMMAND = re.compile(r"`make chaos CHAOS=(\w+)`")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall((ROOT / "docs" / "checks.md").read_text())


def names_in(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


def missing(proof: str) -> list[str]:
    """The tests that a proof names and that do not exist."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(proof)
        if not (ROOT / path).exists() or name not in names_in(ROOT / path)
    ]


def test_every_check_of_the_first_fifty_has_one_row():
    listed = [check for check, _, _ in rows()]
    fifty = [f"{kind}-{number}" for kind, numbers in FIRST_FIFTY.items() for number in numbers.split()]

    assert sorted(listed) == sorted(set(listed))
    assert [check for check in fifty if check not in listed] == []
    assert len(fifty) == 50


@pytest.mark.parametrize(("check", "what", "proof"), rows(), ids=[row[0] for row in rows()])
def test_a_proof_exists_or_says_what_is_waited_for(check, what, proof):
    assert missing(proof) == []
    assert set(COMMAND.findall(proof)) <= {"storm", "control", *IN_ONE_WORLD, *ALONE}
    assert NAMED.search(proof) or COMMAND.search(proof) or proof.startswith("not yet: ")


def test_every_check_that_bears_an_id_is_listed():
    named = {name for path in (ROOT / "tests").rglob("test_*.py") for name in names_in(path)}
    checks = {
        f"{found[1].upper()}-{found[2]}"
        for name in named
        if (found := re.match(r"test_([a-z]+)_(\d\d)_", name))
    }

    assert len(checks) > 20
    assert checks - {check for check, _, _ in rows()} == set()


def test_a_name_that_does_not_exist_is_seen():
    assert missing("`tests/security/test_checks.py::test_nothing_of_the_kind`") != []
    assert missing("`tests/no_such_room/test_x.py::test_y`") != []
