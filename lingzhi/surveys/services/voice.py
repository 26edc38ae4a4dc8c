"""Keeping which dimension the words of each source belong to."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput
from lingzhi.surveys.models import Dimension, VoiceTerm
from lingzhi.surveys.queries.voice import Source, Terms
from lingzhi.surveys.services.built_in import built_in, lay_scales

OPEN, NONE = "?", "-"  # not looked at yet; looked at, and of none of the dimensions
MOST_PHRASES = 300


@transaction.atomic
def save_voice_terms(source: Source, wanted: Mapping[str, str], *, by: User | None) -> int:
    """Lay words of a source on dimensions; how many changed.

    `wanted` says for each word the code of a dimension, NONE or OPEN; the others stay as they are.
    Raises BadInput.
    """
    words = {_spelt(source, code): dimension for code, dimension in wanted.items()}
    known = Terms.now().dimension_of[source]
    changed = {code: one for code, one in words.items() if (known.get(code, OPEN) or NONE) != one}
    dimensions = {one.code: one for one in Dimension.objects.all()}
    if unknown := set(changed.values()) - {OPEN, NONE, *dimensions}:
        raise BadInput(_("There is no such dimension: %(code)s") % {"code": min(unknown)})
    if source == Source.PHRASE and len(known.keys() | words.keys()) > MOST_PHRASES:
        raise BadInput(_("At most 300 phrases: take away some first."), field="phrase")
    rows = VoiceTerm.objects.filter(source=source, code__in=changed)
    before = list(rows)
    rows.delete()
    kept = VoiceTerm.objects.bulk_create(
        VoiceTerm(source=source, code=code, dimension=dimensions.get(one))
        for code, one in changed.items()
        if one != OPEN
    )
    for subject in [*kept, *before][:1]:  # one act, whatever the number of words
        after = {"source": str(source), "words": changed}
        record(by, "surveys.voice_terms_saved", subject, after=after)
    return len(changed)


def _spelt(source: Source, code: str) -> str:
    """A word as it is kept. Raises BadInput."""
    if source != Source.PHRASE:
        return code
    phrase = " ".join(code.lower().split())
    if not 2 <= len(phrase) <= 40:
        raise BadInput(_("A phrase has between 2 and 40 characters."), field="phrase")
    return phrase


@transaction.atomic
def lay_voice_terms(*, by: User | None) -> int:
    """The usual table, for words that nobody looked at yet; how many were laid."""
    lay_scales()
    known = Terms.now().dimension_of
    return sum(
        save_voice_terms(Source(source), _missing(laid, known[source]), by=by)
        for source, laid in built_in()["voice"].items()
    )


def _missing(laid: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, str]:
    return {
        code: NONE if dimension == "none" else dimension
        for dimension, codes in laid.items()
        for code in codes
        if code not in known
    }
