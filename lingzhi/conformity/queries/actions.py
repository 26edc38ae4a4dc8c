"""What is being put right about the clauses of a regulation."""

from lingzhi.accounts.models import User
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import OPEN, about
from lingzhi.rulebook.models import Clause, Regulation


def open_actions(
    regulation: Regulation, user: User, *, number: str = ""
) -> dict[str, list[Rectification]]:
    """`{number of a clause: what is open about it}`, of whichever version, as far as one may see.

    Two questions for all clauses together.
    """
    rows = Clause.objects.filter(version__regulation=regulation)
    rows = rows.filter(number=number) if number else rows
    numbers = dict(rows.values_list("pk", "number"))
    found: dict[str, list[Rectification]] = {}
    for source in about("rulebook.clause", numbers.keys(), user).order_by("pk"):
        row = source.rectification
        several = found.setdefault(numbers[source.key or 0], [])
        if row.state in OPEN and row not in several:
            several.append(row)
    return found
