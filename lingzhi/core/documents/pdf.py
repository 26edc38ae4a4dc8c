"""A page as PDF. WeasyPrint needs pango and Chinese fonts, which a bare machine may lack."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import DomainError

STYLE = Path(__file__).with_name("document.css")


class PdfNotPossible(DomainError):
    """The machine lacks what PDF needs; the sentence names the packages."""

    code = "pdf_not_possible"


@lru_cache
def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(  # fixed arguments
        ["fc-list", ":lang=zh", "family"],  # noqa: S607
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    return bool(listed.stdout.strip())


def pdf_answer(
    request: HttpRequest, template: str, context: dict[str, Any], name: str
) -> HttpResponse:
    """`template` rendered and answered as `name`.pdf. Raises PdfNotPossible.

    Nothing is fetched: the only style sheet is handed over, other addresses are refused.
    """
    html = render_to_string(template, context, request)
    answer = HttpResponse(pdf_bytes(html), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def pdf_bytes(html: str) -> bytes:
    """A whole page of HTML as PDF; the same words give the same bytes. Raises PdfNotPossible."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 fails at import where pango is missing
    except OSError as problem:
        raise PdfNotPossible(
            _("PDF needs the packages libpango-1.0-0 and libpangoft2-1.0-0 on the server.")
        ) from problem
    if not has_chinese_font():
        raise PdfNotPossible(_("PDF needs a Chinese font on the server: fonts-noto-cjk."))
    style = CSS(string=STYLE.read_text())
    return bytes(HTML(string=html, url_fetcher=_refuse).write_pdf(stylesheets=[style]))


def _refuse(url: str, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
    raise ValueError(f"documents fetch nothing: {url}")
