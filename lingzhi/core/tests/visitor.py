"""Somebody at a browser, without one: cookies, forms and files, on a program that really runs."""

import secrets
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener


class Visitor:
    """Follows redirects as a browser does; an answer of 400 or more is raised as HTTPError."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        return self._send(Request(self.address + path))[1]

    def sign_in(self, staff_no: str, password: str) -> None:
        self.get("/sign-in/")  # for the cookie against forged forms
        self.post("/sign-in/", {"login": staff_no, "password": password})

    def post(self, path: str, fields: dict[str, Any]) -> str:
        """The path of the page one is led to."""
        return self._post(
            path, urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
        )

    def upload(self, path: str, fields: dict[str, str], *, name: str, content: bytes) -> str:
        """The path of the page one is led to."""
        mark = secrets.token_hex()
        lines = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        lines.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        body = "".join(lines).encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self._post(path, body, f"multipart/form-data; boundary={mark}")

    def _post(self, path: str, body: bytes, kind: str) -> str:
        token = next(one.value for one in self.cookies if one.name == "lz_csrf")
        headers = {"Content-Type": kind, "X-CSRFToken": str(token)}
        return self._send(Request(self.address + path, body, headers))[0]

    def _send(self, request: Request) -> tuple[str, str]:
        with self.opener.open(request, timeout=30) as answer:
            return answer.url.removeprefix(self.address), answer.read().decode()
