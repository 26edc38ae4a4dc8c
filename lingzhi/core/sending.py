"""Forms that are sent: done where they are valid, shown again with what was wrong."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest

from lingzhi.core.errors import BadInput


def sent_well(request: HttpRequest, form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether a valid form was sent and the act was done; what was wrong stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except BadInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
        return False
    return True
