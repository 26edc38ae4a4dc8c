"""The minutes of a meeting (会议纪要) as a Word document; the PDF has the same parts."""

from collections.abc import Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument

from lingzhi.core.documents import word
from lingzhi.core.languages import joined
from lingzhi.governance.models import Attendee, Meeting
from lingzhi.governance.presenting.points import ShownPoint, shown_points

CELL = "Table Text"


def facts_of(meeting: Meeting, attendees: Sequence[Attendee]) -> list[tuple[str, str]]:
    """Label and words of the head."""
    begin, end = localtime(meeting.begins_at), localtime(meeting.ends_at)
    here = [one.person.name for one in attendees if one.presence == "present"]
    away = [
        f"{one.person.name} ({one.reason or _('no reason given')})"
        for one in attendees
        if one.presence == "absent"
    ]
    found = [
        (_("Time"), f"{begin:%Y-%m-%d %H:%M} – {end:%H:%M}"),
        (_("Venue"), meeting.place),
        (_("Chair"), meeting.chair.name),
        (_("Minute taker"), meeting.minute_taker.name),
        (_("Present"), joined(here)),
        (_("Absent"), joined(away)),
        (_("Guests"), meeting.guests),
    ]
    return [(label, words) for label, words in found if words]


def word_minutes(meeting: Meeting, *, author: str) -> WordDocument:
    """Head, points with their figures and minutes, decisions, actions."""
    attendees = list(meeting.attendees.select_related("person"))
    day = localtime(meeting.begins_at).date()
    document = word.new_document(f"{meeting.series.name} {day}", author=author)
    word.add_style(document, CELL)
    word.add_page_number(document)
    document.add_heading(meeting.series.name, 0)
    document.add_paragraph(f"{meeting.series.unit.name} · {meeting.get_state_display()}")
    word.add_table(document, [_("What"), _("In words")], facts_of(meeting, attendees), style=CELL)
    for number, point in enumerate(shown_points(list(meeting.points.all())), start=1):
        _point(document, number, point)
    _decisions(document, meeting)
    return document


def _point(document: WordDocument, number: int, shown: ShownPoint) -> None:
    days = f" ({shown.days})" if shown.days else ""
    document.add_heading(f"{number}. {shown.title}{days}", 1)
    if shown.point.text:
        document.add_paragraph(shown.point.text)
    for line in shown.lines:
        document.add_paragraph(line.words, style="List Bullet")
    if shown.point.minutes:
        document.add_paragraph(shown.point.minutes)


def _decisions(document: WordDocument, meeting: Meeting) -> None:
    decisions, actions = list(meeting.decisions.all()), meeting.actions.select_related("owner")
    if decisions:
        document.add_heading(_("Decisions"), 1)
    for one in decisions:
        document.add_paragraph(one.words, style="List Number")
    rows = [[one.words, one.owner.name, str(one.due_on), one.result] for one in actions]
    if rows:
        document.add_heading(_("Actions of meetings"), 1)
        header = [
            _("What has to be done"),
            _("Who does it"),
            _("To be done by"),
            _("What was done"),
        ]
        word.add_table(document, header, rows, style=CELL)
