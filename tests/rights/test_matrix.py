"""Every address asked by everybody: exactly what the matrix says, and nothing of unit A in front of unit B.

AUTHZ-02, AUTHZ-03, AUTHZ-08, AUTHZ-10.
"""

import copy
import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.db import transaction

from tests.house.test_doors import addresses
from tests.rights.world import CANARY, CAST, LARK, NEVER_UUID, ROLES, SWIFT, WREN
from units.organisation.models import Post

GROUPS = {
    "unit": ("clerk", "head", "lead"),
    "others": ("stranger", "other_head"),
    "office": ("officer", "office_head"),
    "outside": ("complaints", "judge", "discipline", "press"),
    "keepers": ("sysadmin", "secadmin", "auditor"),
}
SIGNED_IN = (*CAST, *ROLES)
GROUPS["everybody"] = SIGNED_IN
MATRIX = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
NOT_ANSWERED = "405"
KNOWS_THE_WREN = ("head", "office_head", "discipline")
NONSENSE = "子虚乌有无人"  # as long as the canary
ALIKE = {("405", "403"), ("405", "404"), ("403", "405"), ("open", "in"), ("open", "405"), ("open", "404")}
# What differs between two answers to the same question: the number of the request, the address itself, keys of forms.
CHANGING = re.compile(r"[0-9a-f]{16}|/[\w/.-]+/|value=\"[^\"]*\"|nonce-[\w-]+")

TAG = re.compile(r"<[^>]*>")

pytestmark = pytest.mark.django_db
# Who may do what is decided by doors and by rows; which rows, tests/units ask on both databases. So most walks are made
# once; on both databases walk these, one of whom comes in wherever anybody does.
ON_BOTH = ("visitor", "clerk", "head", "officer", "office_head", "sysadmin", "secadmin", "auditor")
EVERYBODY = [
    who if who in ON_BOTH else pytest.param(who, marks=pytest.mark.once) for who in ("visitor", *SIGNED_IN)
]


def named(words: str) -> set[str]:
    """The people that a cell names."""
    return {name for word in words.split() for name in GROUPS.get(word, (word,))}


def expected(path: str, method: str, who: str) -> str:
    row = MATRIX[path]
    cell = row.get(method, row["get"])
    if who == "visitor":
        return "open" if row.get("public") else "sign in"
    if who in named(row.get("unseen", "")) and cell != NOT_ANSWERED:
        return "404"
    if cell == NOT_ANSWERED:
        return "405"
    if who in named(cell):
        return "in"
    return (
        "sign in"
        if path.startswith("admin/") and who not in GROUPS["keepers"] and path != "admin/login/"
        else "403"
    )


def seen(answer) -> str:
    """What an answer means."""
    if answer.status_code == 302 and "/accounts/sign_in/?" in answer["Location"]:
        return "sign in"
    if answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        return "sign in"
    return (
        str(answer.status_code)
        if answer.status_code in (403, 404, 405) or answer.status_code == 500
        else "in"
    )


def agree(wanted: str, found: str) -> bool:
    """Whether they go together: a door may stand before a method, or a method before a door; what is public may be empty."""
    return found == wanted or (wanted, found) in ALIKE


class Walk:
    """One person's walk past every address; what each request writes is undone, and cookies with it."""

    def __init__(self, world, who):
        self.world, self.who, self.client = world, who, world.client(who)
        self.cookies = copy.deepcopy(self.client.cookies)

    def ask(self, method: str, address: str):
        self.client.cookies = copy.deepcopy(self.cookies)
        with transaction.atomic():
            answer = getattr(self.client, method)(address)
            answer.words = words(answer)
            transaction.set_rollback(True)
        return answer


def words(answer) -> str:
    """All that can be read in an answer, also inside a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def test_every_address_has_its_row_and_every_row_its_address():
    assert {path for path, _ in addresses()} == set(MATRIX)


def test_who_walks_on_both_databases_comes_in_wherever_anybody_does():
    def let_in(people) -> set:
        asked = {(path, method, who) for path in MATRIX for method in ("get", "post") for who in people}
        return {
            (path, method) for path, method, who in asked if expected(path, method, who) in ("in", "open")
        }

    assert let_in(ON_BOTH) == let_in(("visitor", *SIGNED_IN))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_the_matrix_says(world, who):
    walk, wrong = Walk(world, who), []
    for path in MATRIX:
        for method in ("get", "post"):
            answer = walk.ask(method, world.address(path))
            wanted, found = expected(path, method, who), seen(answer)
            if not agree(wanted, found):
                wrong.append(f"{method} {path}: {found} instead of {wanted}")
            if WREN in answer.words and who not in KNOWS_THE_WREN:
                wrong.append(f"{method} {path}: names who answers for something")

    assert wrong == []


@pytest.mark.once
@pytest.mark.parametrize("who", KNOWS_THE_WREN)
def test_who_may_know_who_answers_for_something_does_read_it(world, who):
    """The control of the walk above."""
    assert WREN in Walk(world, who).ask("get", world.address("assessments/accountability/<int:pk>/")).words


@pytest.mark.once
def test_a_head_request_tells_no_more_than_a_page(world):
    walk, wrong = Walk(world, "stranger"), []
    for path, row in MATRIX.items():
        found = seen(walk.ask("head", world.address(path)))
        if row["get"] != NOT_ANSWERED and not agree(expected(path, "get", "stranger"), found):
            wrong.append(f"{path}: {found}")

    assert wrong == []


@pytest.mark.once
@pytest.mark.parametrize("who", ["stranger", "other_head", "inspector", "judge", "sysadmin"])
def test_what_is_not_theirs_is_as_if_it_never_was(world, who):
    walk, told = Walk(world, who), []
    for path, row in MATRIX.items():
        if who not in named(row.get("unseen", "")) or row["get"] == NOT_ANSWERED:
            continue
        ours, never = (walk.ask("get", world.address(path, never)) for never in (False, True))
        if (ours.status_code, CHANGING.sub("", ours.words)) != (
            never.status_code,
            CHANGING.sub("", never.words),
        ):
            told.append(path)

    assert told == []


@pytest.mark.once
@pytest.mark.parametrize(
    "who", ["visitor", "stranger", "other_head", "inspector", "judge", "press", "sysadmin", "secadmin"]
)
def test_nothing_of_unit_a_stands_on_any_page_of_others(world, who):
    walk = Walk(world, who)
    paths = [world.address(path) for path in MATRIX if "(" not in path]
    pages = {path: walk.ask("get", path).words for path in paths}

    assert [path for path, words in pages.items() if any(word in words for word in hidden_from(who))] == []


@pytest.mark.parametrize("who", ["visitor", "stranger", "inspector", "judge", "sysadmin"])
def test_a_search_for_the_words_of_unit_a_is_answered_like_one_for_nonsense(world, who):
    walk = Walk(world, who)

    def answer(page, words):
        return TAG.sub("", walk.ask("get", f"{page}?q={words}").words).replace(words, "")

    pages = ["/search/", "/find/", "/units/plans/", "/units/plans/measures/", "/units/policies/"]
    pages += ["/units/rectification/", "/assessments/exposures/", "/assessments/cases/"]
    wrong = [(page, word) for page in pages for word in hidden_from(who) if differs(answer, page, word)]
    assert wrong == []


def differs(answer, page, word) -> bool:
    return answer(page, word) != answer(page, NONSENSE)


def hidden_from(who) -> tuple[str, ...]:
    """The words of unit A that this person must not meet: inspectors see its tasks and exposures, the press exposures."""
    if who == "inspector":
        return (CANARY,)
    return (CANARY, LARK) if who == "press" else (CANARY, LARK, SWIFT)


def test_the_unit_itself_does_find_its_words(world):
    """The control of the test above: the canary does stand there."""
    walk = Walk(world, "clerk")

    assert CANARY in walk.ask("get", world.address("units/plans/<int:pk>/")).words
    assert CANARY in walk.ask("get", world.address("attachments/<uuid:key>/")).words
    assert CANARY in walk.ask("get", "/notifications/").words
    assert LARK in walk.ask("get", world.address("units/rectification/<int:pk>/")).words
    assert LARK in walk.ask("get", "/units/rectification/").words
    assert SWIFT in walk.ask("get", "/assessments/exposures/").words
    assert CANARY in walk.ask("get", "/assessments/cases/").words
    assert LARK in walk.ask("get", f"/find/?q={LARK}").words


def test_a_paper_is_gone_with_the_right_to_it(world):
    """AUTHZ-10: after the post has ended, with Range, by the folder of the files."""
    address, walk = world.address("attachments/<uuid:key>/"), Walk(world, "clerk")
    assert walk.ask("get", address).status_code == 200
    Post.objects.filter(user=world.cast.clerk).update(ends_on="2020-12-31")

    assert walk.ask("get", address).status_code == 404
    assert world.client("stranger").get(address, headers={"Range": "bytes=0-1"}).status_code == 404
    assert world.client("visitor").get(f"/media-is-not-served/{NEVER_UUID}").status_code == 404


def test_a_role_taken_away_counts_at_the_next_request(world):
    client = world.client("officer")
    assert client.get("/dashboard/").status_code == 200

    Post.objects.filter(user=world.cast.officer).update(ends_on="2020-12-31")

    assert client.get("/dashboard/").status_code == 403
