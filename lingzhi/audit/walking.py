"""Walking along the chain: each seal beside the row it seals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lingzhi.audit.canon import FIELDS, GENESIS, digest_of, hash_of
from lingzhi.audit.models import Entry, Link

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the chain. `digest` is empty where the entry is gone.

    `is_whole`: the stored hash follows from the hash before it and from the entry as it is now.
    """

    position: int
    entry_id: int
    previous: str
    hash: str
    digest: str
    sealed_at: datetime

    @property
    def is_whole(self) -> bool:
        return bool(self.digest) and self.hash == self.hash_with(self.digest)

    def hash_with(self, digest: str) -> str:
        """The hash this place would have for another row."""
        return hash_of(self.position, self.previous, digest, self.sealed_at)


def steps(after: int = 0) -> Iterator[Step]:
    """The chain behind position `after`, in order. Where places are missing, they are missing."""
    previous = GENESIS
    if after and (last := Link.objects.filter(position=after).first()):
        previous = last.hash
    while links := list(Link.objects.filter(position__gt=after)[:CHUNK]):
        rows = {
            row["id"]: row
            for row in Entry.objects.filter(id__in=[link.entry_id for link in links]).values(
                *FIELDS
            )
        }
        for link in links:
            row = rows.get(link.entry_id)
            yield Step(
                link.position,
                link.entry_id,
                previous,
                link.hash,
                digest_of(row) if row else "",
                link.sealed_at,
            )
            previous = link.hash
        after = links[-1].position
