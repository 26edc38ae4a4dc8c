"""Trying a rule before it is saved: on its examples, on one conversation, on the latest ones."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.access import READ
from lingzhi.inspections.canonical import Body
from lingzhi.inspections.forms.desk import Editor
from lingzhi.inspections.forms.examples import BadExample, read_examples
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.presenting.examples import speaker
from lingzhi.inspections.presenting.explaining import Explained, explain_talk
from lingzhi.inspections.presenting.quotes import clock
from lingzhi.inspections.queries import Tally
from lingzhi.inspections.services import (
    RuleProblems,
    check_rule,
    conversation_of,
    failing_examples,
    verdicts_on,
)
from lingzhi.inspections.wording.problems import place_in_words, sentence
from lingzhi_engine.inspect import Conversation, Problem
from lingzhi_engine.inspect.transcript import conversation as talk_of

MOST = 2000
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn with what the rule marks in it, for `core/_turn.html`."""

    seq: int
    role: str
    role_label: str
    at: str
    text: str
    marks: list[Mark]
    tone: str = ""


@dataclass
class Trial:
    """What came of trying; `problems` are `(place, sentence)`."""

    is_readable: bool = True
    problems: list[tuple[str, str]] = field(default_factory=list)
    explained: Explained | None = None
    turns: list[ShownTurn] = field(default_factory=list)
    kind: str = "violation"
    tally: Tally | None = None
    looked_at: int = 0
    samples: list[tuple[Contact, str]] = field(default_factory=list)


def checked(editor: Editor) -> Trial:
    """Every problem of the rule, its examples included."""
    trial = Trial()
    body = _read(editor, trial)
    if body is not None:
        found = failing_examples(_version(body))
        trial.problems += [_named(problem) for problem in found]
    return trial


def trial_of(editor: Editor, user: User) -> Trial:
    """The rule on the pasted dialogue, or on the conversation of the number given."""
    trial = Trial()
    body = _read(editor, trial)
    talk = _talk(editor, user, trial) if body is not None else None
    if body is None or talk is None:
        return trial
    conversation, turns = talk
    version = _version(body)
    trial.kind = version.kind
    trial.explained = explain_talk(conversation, version, turns)
    trial.turns = _shown(turns, trial.explained, version.tone)
    return trial


def test_of(editor: Editor, user: User) -> Trial:
    """The rule on the latest conversations this person may see: how often it hits, and where."""
    trial = Trial()
    body = _read(editor, trial)
    if body is None or editor.data is None:
        return trial
    wanted = editor.data.get("latest", "")
    number = min(int(wanted), MOST) if wanted.isdecimal() else 100
    rows = conversations(visible_to(user, READ)).select_related("channel", "unit", "agent")
    contacts = list(rows.order_by("-started_at", "-pk")[:number])
    version = _version(body)
    letters, places = verdicts_on(contacts, version)
    trial.kind = version.kind
    trial.looked_at = len(contacts)
    trial.tally = Tally(*(letters.count(letter) for letter in "hmnu"))
    trial.samples = [
        (contact, f"#turn-{places[at]}" if at in places else "")
        for at, contact in enumerate(contacts)
        if letters[at] == "h"
    ][:SAMPLES]
    return trial


def _read(editor: Editor, trial: Trial) -> Body | None:
    body = editor.read()
    trial.problems += editor.problems
    if body is None:
        trial.problems += _field_errors(editor)
        trial.is_readable = False
        return None
    try:
        check_rule(body)
    except RuleProblems as wrong:
        trial.problems += [_named(problem) for problem in wrong.problems]
        trial.is_readable = False
        return None
    return body


def _named(problem: Problem) -> tuple[str, str]:
    return place_in_words(problem.field), sentence(problem)


def _field_errors(editor: Editor) -> list[tuple[str, str]]:
    forms = editor.desk.all_forms() if editor.desk else []
    return [
        (str(form[name].label), str(error))
        for form in forms
        for name, errors in form.errors.items()
        for error in errors
    ]


def _version(body: Body) -> RuleVersion:
    """The rule as a version that is nowhere stored."""
    parsed = check_rule(body)
    return RuleVersion(
        rule=Rule(code=parsed.id),
        number=1,
        body=body,
        severity=parsed.severity,
        kind=parsed.effect.kind,
    )


def _talk(editor: Editor, user: User, trial: Trial) -> tuple[Conversation, list[Turn]] | None:
    data: Any = editor.data
    if data.get("number", "").strip():
        return _stored(data["number"].strip(), user, trial)
    try:
        examples = read_examples(data.get("dialogue", ""))
    except BadExample as problem:
        trial.problems.append((_("Dialogue"), str(problem)))
        return None
    if not examples:
        trial.problems.append((_("Dialogue"), _("Paste a dialogue or give a number.")))
        return None
    written = examples[0] if isinstance(examples[0], dict) else {"turns": examples[0]}
    if data.get("channel") and "channel" not in written:
        written = {**written, "channel": data["channel"]}
    conversation = talk_of(written)
    return conversation, [
        Turn(seq=turn.seq, role=turn.role, text=turn.text, start_ms=turn.start_ms)
        for turn in conversation.turns
    ]


def _stored(number: str, user: User, trial: Trial) -> tuple[Conversation, list[Turn]] | None:
    rows = conversations(visible_to(user, READ)).select_related("channel", "unit")
    contact = rows.filter(external_id=number).order_by("-pk").first()
    if contact is None:
        trial.problems.append((_("Number"), _("There is no conversation of this number.")))
        return None
    return conversation_of(contact), list(contact.turns.order_by("seq"))


def _shown(turns: list[Turn], explained: Explained, tone: str) -> list[ShownTurn]:
    marks: dict[int, list[Mark]] = {}
    for place in explained.places:
        marks.setdefault(place.turn, []).append(Mark(place.start, place.end, tone))
    return [
        ShownTurn(
            turn.seq,
            turn.role,
            speaker(turn.role),
            clock(turn.start_ms),
            turn.text,
            marks.get(turn.seq, []),
            tone if turn.seq in marks else "",
        )
        for turn in turns
    ]
