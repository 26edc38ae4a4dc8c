"""The message catalogues: zh-Hans is written by people, zh-Hant generated from it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from lingzhi.core.traditional import traditional

WHEN = b'"POT-Creation-Date:'  # would be another with every extraction


def _path(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def _read(locale: str) -> Catalog:
    with _path(locale).open("rb") as file:
        return read_po(file, locale=locale)


def _write(locale: str, catalogue: Catalog) -> None:
    path = _path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    for message in catalogue:  # what gettext guessed a text may have been before
        message.user_comments = [one for one in message.user_comments if one[:1] != "|"]
    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=False, sort_output=True)
    lines = written.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(WHEN)))


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> str:
    """The msgid, of a plural the singular; with a context: that, gettext's \\x04, the msgid."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{text}" if message.context else text


def missing() -> list[str]:
    """Texts without a zh-Hans translation, or with one marked fuzzy."""
    return [
        _key(message)
        for message in _messages(_read("zh_Hans"))
        if message.fuzzy or not all(_strings(message))
    ]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def fill(translations: dict[str, str]) -> tuple[int, list[str]]:
    """Write zh-Hans texts into the catalogue: how many found their text, and which were refused.

    A text that is translated otherwise already is refused and left: somebody chose those words,
    and another page shows them. Change such a one in the catalogue itself.
    """
    catalogue = _read("zh_Hans")
    found, refused = 0, []
    for message in _messages(catalogue):
        text = translations.get(_key(message))
        if text is None:
            continue
        kept = set() if message.fuzzy else {one for one in _strings(message) if one}
        if kept - {text}:
            refused.append(_key(message))
            continue
        message.string = text if isinstance(message.id, str) else (text,)
        message.flags.discard("fuzzy")
        found += 1
    _write("zh_Hans", catalogue)
    return found, refused


def put_in_order() -> None:
    """Write the zh-Hans catalogue as we write it, whoever wrote it last."""
    _write("zh_Hans", _read("zh_Hans"))


def write_traditional() -> None:
    """Generate zh-Hant from zh-Hans."""
    catalogue = _read("zh_Hans")
    catalogue.locale = "zh_Hant"
    for message in _messages(catalogue):
        texts = tuple(traditional(text) for text in _strings(message))
        message.string = texts[0] if isinstance(message.id, str) else texts
    _write("zh_Hant", catalogue)
