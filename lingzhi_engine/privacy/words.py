"""Word lists kept as text: words apart by white space, lines with # for the reader."""

from pathlib import Path

LISTS = Path(__file__).parent / "lists"


def words(name: str, folder: Path = LISTS) -> tuple[str, ...]:
    """The words of `folder/name.txt`, in their order."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
