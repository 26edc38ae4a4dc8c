"""A link to choose a new password, by e-mail.

The mail is written and sent in the background: the page answers alike and as quickly whether or
not anybody has the address, and the link itself stands in no queue.
"""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from lingzhi.jobs.services import later


class ForgottenForm(ResetPasswordForm):
    """Asks for the address; never says whether it is known."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        if not settings.EMAIL_HOST:
            return email
        with transaction.atomic():
            for person in self.users:
                if person.has_usable_password():
                    later(
                        "accounts.mail_reset_link",
                        person_id=person.pk,
                        site=request.build_absolute_uri("/"),
                        language=get_language(),
                    )
        return email
