"""Laws of the house that a machine can see. Each is shown a sample on which it must fail."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for app in ("sanwei", "units", "assessments")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
]
TEMPLATES = [*(ROOT / "templates").rglob("*.html")]
WAYS_IN = [
    path
    for path in CODE
    if path.name in ("views.py", "api.py", "tags.py")
    or "views" in path.parts
    or path.name.endswith("_views.py")
]
# A road to rows that is no road to anybody's data, with the reason.
OTHER_ROADS = {
    "CalendarYear": "the calendar is the same for everybody",
    "Announcement": "behind for_roles: keepers of mail look after announcements that could not be told",
    "OutboxMessage": "behind for_roles: keepers of mail look after messages that could not be sent",
    "Preference": "one's own row, fetched by request.user",
    "Entry": "behind for_roles(AUDIT_ADMIN), or about a row already fetched through visible_to",
    "Heartbeat": "no data of anybody",
    "Attachment": "of(owner) and readable(user): the owner was fetched through visible_to",
}
GOOD_FIRST_STEPS = {"visible_to", "public", "published", "current", "of_the_city"}


def roads(tree) -> list[str]:
    """`Model.step` for every Model.objects.step(...) in a module."""
    return [
        f"{node.value.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and isinstance(node.value.value, ast.Name)
    ]


def wrong_roads(source: str) -> list[str]:
    found = [road.split(".") for road in roads(ast.parse(source))]
    return [
        f"{model}.{step}"
        for model, step in found
        if step not in GOOD_FIRST_STEPS and model not in OTHER_ROADS
    ]


def test_views_reach_rows_through_visible_to_only():
    wrong = {str(path.relative_to(ROOT)): wrong_roads(path.read_text()) for path in WAYS_IN}

    assert {path: found for path, found in wrong.items() if found} == {}
    assert wrong_roads("Plan.objects.filter(pk=1)\nPlan.objects.visible_to(u)") == ["Plan.filter"]


def careless_saves(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and not node.args
        and not ast.unparse(node.func.value).endswith("canvas")  # a drawing, not a row
        and not {keyword.arg for keyword in node.keywords} & {"update_fields", "force_insert"}
    ]


def test_every_save_names_its_columns():
    found = {str(path.relative_to(ROOT)): careless_saves(path.read_text()) for path in CODE}

    assert {path: lines for path, lines in found.items() if lines} == {}
    assert careless_saves("row.save()\nrow.save(update_fields=['a'])") == [1]


NAIVE = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(|timezone\.now\(")


def test_time_is_asked_of_the_clock_only():
    # storage.py compares the age of a file on disk, which the file system stamps by its own clock
    own_clock = {"clock.py", "storage.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.name not in own_clock and NAIVE.search(path.read_text())
    ]

    assert found == []
    assert NAIVE.search("x = dt.datetime.now()")


def late_imports(source: str) -> list[int]:
    tree = ast.parse(source)
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [
        part.lineno
        for node in inside
        for part in ast.walk(node)
        if isinstance(part, ast.Import | ast.ImportFrom)
    ]


def test_imports_stand_at_the_top():
    allowed = {"apps.py"}  # ready() hears the signals; Django asks for it there
    found = {str(p.relative_to(ROOT)): late_imports(p.read_text()) for p in CODE if p.name not in allowed}

    assert {path: lines for path, lines in found.items() if lines} == {}
    assert late_imports("def f():\n    import os") == [2]


def test_files_are_rooms_not_halls():
    large = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in CODE}

    # The nouns of the reference room stand together on purpose: one plan is one thing.
    assert {path for path, lines in large.items() if lines > 300} <= {
        "units/plans/models.py",
        "sanwei/settings.py",
        "units/plans/actions.py",
    }


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=["']|\son(click|change|submit|load|error)="""
)


def test_templates_hold_no_inline_script_or_style():
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if INLINE.search(path.read_text())]

    assert found == []
    assert INLINE.search('<p style="color:red">')


def test_every_word_of_a_state_machine_is_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text()
    verbs = {verb for model in apps.get_models() for verb in getattr(model, "TRANSITIONS", {})}

    assert sorted(verb for verb in verbs if f"`{verb}`" not in glossary) == []


def test_each_app_has_one_generated_migration_and_hand_written_ones_after_it():
    for app in ("sanwei/core", "units", "assessments"):
        generated = [
            p for p in (ROOT / app / "migrations").glob("*.py") if "Generated by Django" in p.read_text()
        ]
        assert all(path.name.endswith("_initial.py") for path in generated)


MACHINE = re.compile(r"/work/|/root/|--(?:extra-)?index-url|--find-links|pythonhosted|registry\.npmjs")


@pytest.mark.parametrize("pattern", ["*.py", "*.txt", "*.md", "*.yml", "*.sh", "*.toml", "*.json"])
def test_no_file_speaks_of_a_machine_or_an_index(pattern):
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    here = Path(__file__).name
    found = [
        name
        for name in listed.split()
        if Path(name).name != here and MACHINE.search((ROOT / name).read_text(errors="ignore"))
    ]

    assert found == []
