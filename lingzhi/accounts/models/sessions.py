"""Sessions that know whose they are, so that they can be listed and ended."""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """A browser's session. Deleting the row signs the browser out at its next request."""

    person = models.ForeignKey(
        "accounts.User",
        models.CASCADE,
        null=True,
        related_name="sessions",
        verbose_name=_("person"),
    )
    started_at = models.DateTimeField(_("signed in at"), null=True)
    seen_at = models.DateTimeField(_("last seen at"), null=True, db_index=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    device = models.CharField(_("device"), max_length=120, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.address}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return store
