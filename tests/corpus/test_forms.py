"""Every form that takes words, given words that nobody means well: an answer in Chinese, nothing lost, nothing broken.

The forms are found, not listed: whatever page of the matrix holds a form that posts to itself is filled in.
"""

import html
import re
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.db import transaction

from sanwei.core.days import read_day
from scripts.trial.client import Answer
from tests.rights.test_matrix import GROUPS, MATRIX, NOT_ANSWERED, Walk, named

pytestmark = pytest.mark.django_db
MEGABYTE = "长" * 350_000  # a megabyte in UTF-8
WORDS = {
    "script": "<script>alert('xss')</script>",
    "formula": '=HYPERLINK("http://example.test","点我")',
    "right to left": "正常\u202etxt.exe\u202c",
    "zero width": "市\u200b发\ufeff改委",
    "full width": "２０２７年２月２６日，共１２３项",
    "rare": "𠮷野㐀喆龘🏛️",
    "not a day": "2027-02-30",
    "markup": "a&amp;b</textarea><img src=x onerror=alert(1)>",
}
RAW = {"nul": b"a\x00b", "half a surrogate": b"\xed\xa0\x80", "broken utf-8": b"\xc3\x28"}
ALSO_BY_OTHERS = ("clerk", "head", "sysadmin", "secadmin")  # the forms that are not the office's
CHINESE = re.compile("[\u4e00-\u9fff]")
NOT_TYPED = ("csrfmiddlewaretoken", "_once", "version", "sha256")


def forms_of(world, who):
    """(address, fields of the form as a browser would send them) of every page with words to type."""
    walk = Walk(world, who)
    for path, row in MATRIX.items():
        writable = who in named(row.get("post", row["get"])) or row.get("public")
        if row["get"] == NOT_ANSWERED or not writable or path.endswith((".xlsx", "export/")) or "(" in path:
            continue
        answer = walk.ask("get", world.address(path))
        page = Answer(answer.status_code, {}, answer.words.encode())
        typed = [name for name, kind, _ in page.inputs() if kind in ("text", "email", "tel")]
        if answer.status_code == 200 and ("<textarea" in page.text or typed) and 'method="post"' in page.text:
            yield walk, world.address(path), page.fields()


def filled(fields: dict, words: str) -> dict:
    """Every field that takes words, with the same words in it."""
    kept = {name for name in fields if name in NOT_TYPED or "_FORMS" in name or name.endswith(("-id", "uid"))}
    return {name: value if name in kept else words for name, value in fields.items()}


def post(walk, address, body: str):
    """The answer, and what was written is undone."""
    walk.client.cookies.clear()
    walk.client.cookies.update(walk.cookies)
    with transaction.atomic():
        answer = walk.client.post(address, body, content_type="application/x-www-form-urlencoded")
        words = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, words.decode(errors="replace")


def what_is_wrong(status: int, page: str, words: str) -> str:
    if status >= 500:
        return f"answered {status}"
    if words and ("<script>alert('xss')" in page or "<img src=x" in page):
        return "the words became markup"
    if status in (400, 409, 413, 422) and not CHINESE.search(page):
        return "no word of Chinese"
    kept = not words or status != 422 or html.escape(words)[:20] in page or words[:20] in page
    return "" if kept else "what was typed is lost"


@pytest.mark.parametrize("who", ["officer", *ALSO_BY_OTHERS])
def test_hard_words_are_taken_or_refused_in_chinese(world, who):
    wrong, asked = [], 0
    for walk, address, fields in forms_of(world, who):
        for name, words in WORDS.items():
            status, page = post(walk, address, urlencode(filled(fields, words)))
            asked += 1
            if fault := what_is_wrong(status, page, words):
                wrong.append(f"{address} {name}: {fault}")

    assert wrong == []
    assert asked >= len(WORDS)


@pytest.mark.parametrize("who", ["officer", "clerk"])
def test_bytes_that_are_no_words_do_no_harm(world, who):
    wrong = []
    for walk, address, fields in forms_of(world, who):
        for name, raw in RAW.items():
            body = "&".join(
                f"{field}={quote_from_bytes(raw)}" for field in filled(fields, "") if field not in NOT_TYPED
            )
            status, page = post(walk, address, body)
            if fault := what_is_wrong(status, page, ""):
                wrong.append(f"{address} {name}: {fault}")

    assert wrong == []


@pytest.mark.once  # the form refuses; a database that keeps to the length of its columns is the harder judge
@pytest.mark.parametrize("who", ["officer", "clerk"])
def test_a_megabyte_in_one_field_is_refused_in_chinese(world, who):
    wrong = []
    for walk, address, fields in forms_of(world, who):
        name = next((field for field in fields if field not in NOT_TYPED and "_FORMS" not in field), None)
        if name is None:
            continue
        status, page = post(walk, address, urlencode({**fields, name: MEGABYTE}))
        if fault := what_is_wrong(status, page, ""):
            wrong.append(f"{address}: {fault}")

    assert wrong == []


@pytest.mark.parametrize("query", [*WORDS.values(), "\x00", "%", "_", "\\", "'", "长" * 20_000])
def test_hard_words_in_a_search_do_no_harm(world, query):
    pages = [
        "/search/",
        "/find/",
        "/units/plans/",
        "/units/plans/measures/",
        "/units/policies/",
        "/units/organisation/",
        "/audit/",
    ]
    client = {page: world.client("auditor" if page == "/audit/" else "officer") for page in pages}

    answers = {
        page: client[page].get(page, {"q": query, "after": query, "year": query, "actor": query})
        for page in pages
    }

    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code != 200} == {}
    assert [
        page for page, answer in answers.items() if "<script>alert('xss')" in answer.content.decode()
    ] == []


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-2-3", "2026-02-03"), ("2026/02/03", "2026-02-03"), ("2026.2.3", "2026-02-03"),
        ("2026年2月3日", "2026-02-03"), ("2026 年 2 月 3 日", "2026-02-03"), ("２０２６年２月３日", "2026-02-03"),
        ("20260203", "2026-02-03"), ("二〇二六年二月三日", "2026-02-03"), ("二○二六年十二月三十一日", "2026-12-31"),
        ("2026-02-30", None), ("2026年13月1日", None), ("下周", None), ("", None), ("2月3日", None),
    ],
)  # fmt: skip
def test_every_way_an_office_writes_a_day(written, iso):
    day = read_day(written)

    assert (day.isoformat() if day else None) == iso


def test_the_office_and_the_keepers_are_known_to_the_matrix():
    """The names used above are people of the matrix."""
    assert {"officer", *ALSO_BY_OTHERS} <= set(GROUPS["everybody"])
