"""The demo centre's score sheets: the examples, put into force."""

from lingzhi.inspections.models import Sheet
from lingzhi.inspections.queries.sheets import example_sheet, example_sheets
from lingzhi.inspections.services import activate_sheet, create_sheet


def seed_sheets() -> None:
    """Each example once, as it comes with the program."""
    for example in example_sheets():
        content = example_sheet(example.code)
        if content and not Sheet.objects.filter(code=example.code).exists():
            activate_sheet(create_sheet(example.code, content, by=None), by=None)
