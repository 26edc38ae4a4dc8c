"""A calibration as a table: every figure with its interval, and every answer."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.inspections.models import Calibration
from lingzhi.inspections.presenting.reviews import answer_in_words
from lingzhi.inspections.queries.agreement import Agreement, lines_of, scores_of
from lingzhi_engine.stats import Measured, enough


def header() -> list[str]:
    """The columns: what, of what, its value and interval; or whose answer to what."""
    return [
        _("What"), _("Item"), _("Who"), _("Conversation"), _("Value"), _("From"), _("To"),
        _("Kind of interval"), "n", _("Note"),
    ]  # fmt: skip


def rows(calibration: Calibration, number: int, agreement: Agreement) -> Iterator[list[Any]]:
    """The sheet, its items, the pairs, the distances, then every answer of the round."""
    for name, found in (
        (_("Same answers"), agreement.exact),
        ("AC1", agreement.ac1),
        (_("Krippendorff’s α"), agreement.alpha),
        (_("Items failed"), agreement.failed),
        (_("Scores within ten points"), agreement.close),
        (_("α of the scores"), agreement.score_alpha),
    ):
        yield _figure(name, _("whole sheet"), "", found)
    yield from _items(agreement)
    yield from _pairs(agreement)
    yield from _answers(calibration, number)


def _figure(name: str, item: str, who: str, found: Measured) -> list[Any]:
    note = "" if enough(found.n) else _("too few to say")
    value = [found.value, found.low, found.high] if found.value is not None else [None] * 3
    return [name, item, who, "", *value, found.kind.value, found.n, note]


def _items(agreement: Agreement) -> Iterator[list[Any]]:
    for one in agreement.items:
        title = one.item.title
        yield _figure(_("Same answers"), title, "", one.exact)
        yield _figure("AC1", title, "", one.ac1)
        yield _figure(f"{_('Krippendorff’s α')} ({one.scale.value})", title, "", one.alpha)
        if one.close:
            yield _figure(_("At most one step apart"), title, "", one.close)
        if one.kappa:
            yield _figure(_("Cohen’s κ"), title, "", one.kappa)
        yield _figure(_("Items failed"), title, "", one.failed)


def _pairs(agreement: Agreement) -> Iterator[list[Any]]:
    for pair in agreement.pairs:
        who = f"{pair.first.person.name} · {pair.second.person.name}"
        yield _figure(_("Same answers"), _("whole sheet"), who, pair.exact)
        yield _figure("AC1", _("whole sheet"), who, pair.ac1)
        yield _figure(_("Cohen’s κ"), _("whole sheet"), who, pair.kappa)
    for one in agreement.distances:
        who, name = one.calibrator.person.name, _("Same answers as the reference")
        yield _figure(name, _("whole sheet"), who, one.exact)
        for words, points in (
            (_("Points above or below"), one.above),
            (_("Points apart"), one.apart),
        ):
            yield [words, "", who, "", points, None, None, "", one.conversations, ""]


def _answers(calibration: Calibration, number: int) -> Iterator[list[Any]]:
    sheet = calibration.version.read()
    names = {one.pk: one.person.name for one in calibration.calibrators.select_related("person")}
    talks = {one.pk: one for one in calibration.talks.select_related("contact")}
    given = [
        (names[one.calibrator_id], talks[one.talk_id], one.answers)
        for one in scores_of(calibration, number)
    ]
    given += [(_("Agreed on"), one, one.agreed) for one in talks.values() if one.agreed_at]
    for who, talk, answers in given:
        for line in lines_of(sheet, answers).values():
            if line.is_asked:
                said = answer_in_words(line.item, line.given)
                number_of_talk = talk.contact.external_id
                yield [
                    _("Answer"), line.item.title, who, number_of_talk, said, None, None, "", None,
                    line.given.comment,
                ]  # fmt: skip
