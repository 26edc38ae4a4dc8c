"""What accounts does in the background."""

from urllib.parse import urljoin

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lingzhi.accounts import services
from lingzhi.accounts.models import User
from lingzhi.accounts.services.tokens import forget_answers


def mail_reset_link(person_id: int, site: str, language: str | None) -> None:
    """Send the person the link under which a new password may be chosen."""
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not person.email:
        return
    key = {
        "uidb36": user_pk_to_url_str(person),
        "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(person),
    }
    link = urljoin(site, reverse("account_reset_password_from_key", kwargs=key))
    with translation.override(person.language or language):
        text = render_to_string("accounts/reset_mail.txt", {"person": person, "link": link})
        send_mail(_("聆质 Lingzhi: choose a new password"), text, None, [person.email])


def prune_sessions() -> None:
    """Remove sessions that are over, old traces of signing in, and answers of the API."""
    services.prune_sessions()
    forget_answers()
