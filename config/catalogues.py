"""Compile the message catalogues with Babel: `msgfmt` is not on a bare machine.

`python -m config.catalogues` writes each `locale/*/LC_MESSAGES/*.mo` that is older than its text.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues() -> int:
    """Write what is out of date; the number of catalogues written."""
    written = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text)
        with target.open("wb") as compiled:
            write_mo(compiled, catalogue)
        written += 1
    return written


if __name__ == "__main__":
    compile_catalogues()
