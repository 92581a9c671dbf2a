"""A small browser for measuring: one kept-alive connection, many people, each with their own cookies."""

import html
import http.client
import json
import re
import time
import urllib.parse

IDLE = 1.5  # seconds after which the other side may have hung up (gunicorn: 2)
ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')
HEADERS = {"Host": "sanwei.test", "X-Forwarded-Proto": "https", "Referer": "https://sanwei.test/"}


class Answer:
    """Status, headers (lower case) and body of one answer."""

    def __init__(self, status: int, headers: dict, body: bytes):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        return json.loads(self.body)

    def hidden(self) -> dict[str, str]:
        """name → value of the hidden fields of the page."""
        return {name: value for name, kind, value in self.inputs() if kind == "hidden"}

    def fields(self) -> dict[str, str]:
        """name → value of all that a browser would send back if nothing were typed."""
        sent = {
            name: value for name, kind, value in self.inputs() if kind not in ("submit", "checkbox", "file")
        }
        for tag, text in re.findall(r"<textarea([^>]*)>(.*?)</textarea>", self.text, re.DOTALL):
            sent[dict(ATTRIBUTE.findall(tag))["name"]] = html.unescape(text).removeprefix("\n")
        for tag, options in re.findall(r"<select([^>]*)>(.*?)</select>", self.text, re.DOTALL):
            chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
            sent[dict(ATTRIBUTE.findall(tag))["name"]] = html.unescape(chosen[1]) if chosen else ""
        return sent

    def inputs(self) -> list[tuple[str, str, str]]:
        """(name, type, value) of every input."""
        tags = (dict(ATTRIBUTE.findall(tag)) for tag in re.findall(r"<input[^>]*>", self.text))
        return [
            (tag["name"], tag.get("type", "text"), html.unescape(tag.get("value", "")))
            for tag in tags
            if "name" in tag
        ]


class Line:
    """A kept-alive connection to 127.0.0.1:`port`, opened again when the other side has closed it."""

    def __init__(self, port: int, timeout: float = 60):
        self.port, self.timeout, self.connection = port, timeout, None
        self.used_at = 0.0

    def ask(self, method: str, path: str, body: bytes, headers: dict) -> Answer:
        """One request. A line that had gone stale is opened again and a GET repeated, a POST never."""
        if time.monotonic() - self.used_at > IDLE:
            self.close()
        for fresh in (False, True):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
                fresh = True
            try:
                self.connection.request(method, path, body or None, headers)
                answer = self.connection.getresponse()
                found = Answer(answer.status, read_headers(answer), answer.read())
                self.used_at = time.monotonic()
                return found
            except (http.client.HTTPException, OSError):
                self.close()
                if fresh or method != "GET":
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def read_headers(answer) -> dict[str, str]:
    found = {name.lower(): value for name, value in answer.getheaders()}
    found["set-cookie"] = answer.headers.get_all("Set-Cookie") or []
    return found


class Visitor:
    """One person at their browser."""

    def __init__(self, line: Line):
        self.line, self.cookies = line, {}

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, b"")

    def post(self, path: str, fields: dict, **headers) -> Answer:
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def ask(self, method: str, path: str, body: bytes, headers: dict | None = None) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**HEADERS, **({"Cookie": cookie} if cookie else {}), **(headers or {})}
        answer = self.line.ask(method, path, body, sent)
        for cookie in answer.headers["set-cookie"]:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def sign_in(self, username: str, password: str) -> Answer:
        """The desk, or the sign-in page again. Raises when the door stays shut."""
        fields = self.get("/accounts/sign_in/").hidden()
        answer = self.post("/accounts/sign_in/", {**fields, "username": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        return answer
