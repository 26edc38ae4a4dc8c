"""Nothing tracked speaks of the machine it was written on."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/\w")
TEXT = {".py", ".md", ".html", ".toml", ".yaml", ".yml", ".txt", ".json", ".cfg", ".css", ".js", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_tracked_file_names_a_path_of_a_machine():
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in TEXT
        and path.is_file()
        and "vendor" not in path.parts
        and path != Path(__file__)
        and MACHINE.search(path.read_text(errors="replace"))
    ]
    assert found == []
