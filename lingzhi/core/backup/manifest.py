"""What a backup says about itself; it is the archive's last member, so a torn archive has none."""

import hmac
import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Literal

FORMAT = "lingzhi-backup/1"
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SEALED_KEYS = "keys.sealed"


class UnfitArchive(Exception):
    """The archive cannot be restored here; nothing was touched."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """`keys` says where the keys are: sealed inside with a passphrase, or apart in their own file.

    `migrations` are the (app, name) pairs of the database, `rows` counts by table, `seal` a MAC
    over all of this under the passphrase.
    """

    version: str
    made_at: str
    database: str
    keys: Literal["sealed", "apart"]
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    members: dict[str, Member] = field(default_factory=dict)
    salt: str = ""
    seal: str = ""
    format: str = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    def seal_with(self, key: bytes) -> None:
        self.seal = self._mac(key)

    def is_sealed_with(self, key: bytes) -> bool:
        return hmac.compare_digest(self.seal, self._mac(key))

    def _mac(self, key: bytes) -> str:
        plain = {**asdict(self), "seal": ""}
        return hmac.new(key, json.dumps(plain, sort_keys=True).encode(), sha256).hexdigest()


def read_manifest(raw: bytes) -> Manifest:
    """Raises UnfitArchive for what this program did not write."""
    try:
        content: dict[str, Any] = json.loads(raw)
        if content["format"] != FORMAT:
            raise UnfitArchive(f"Its format is {content['format']}, not {FORMAT}.")
        members = {name: Member(**each) for name, each in content.pop("members").items()}
        migrations = [(app, name) for app, name in content.pop("migrations")]
        return Manifest(**content, members=members, migrations=migrations)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise UnfitArchive("Its manifest cannot be read.") from problem
