"""The session engine: Django's database sessions, with the person, time and device in columns."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils.dateparse import parse_datetime

from lingzhi.accounts.models.sessions import Session

STARTED, SEEN, ADDRESS, DEVICE = "started_at", "seen_at", "address", "device"


class SessionStore(DatabaseSessions):
    """Copies whose session it is from the data into the row, whenever it is saved."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        plain = super().create_model_instance(data)
        return Session(
            session_key=plain.session_key,
            session_data=plain.session_data,
            expire_date=plain.expire_date,
            person_id=data.get(SESSION_KEY),
            started_at=parse_datetime(data.get(STARTED, "")),
            seen_at=parse_datetime(data.get(SEEN, "")),
            address=data.get(ADDRESS, ""),
            device=data.get(DEVICE, ""),
        )
