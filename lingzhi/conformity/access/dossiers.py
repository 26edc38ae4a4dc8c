"""Who sees an audit file: object and right in one step.

It holds masked words of conversations as far as who asked for it may see them. So whoever else
takes it must be allowed to read the conversations of the whole unit.
"""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.conformity.access.figures import READ, require
from lingzhi.conformity.models import Dossier
from lingzhi.conformity.queries.dossiers import dossiers_of
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Regulation

WORDS = "contacts.read"


def dossiers_for(user: User, regulation: Regulation) -> list[Dossier]:
    """The audit files of a regulation that this person may take, the newest first."""
    require(user)
    figures, words = reach(user, READ), reach(user, WORDS)
    return [
        one
        for one in dossiers_of(regulation)
        if figures.covers(one.unit, None)
        and (one.asked_by_id == user.pk or words.covers(one.unit, None))
    ]


def dossier_to_take(user: User, regulation: Regulation, pk: int) -> Dossier:
    """One of them that was made."""
    for one in dossiers_for(user, regulation):
        if one.pk == pk and one.file is not None:
            return one
    raise Http404
