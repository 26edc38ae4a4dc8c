"""`python helpdesk_seed.py TICKETS`: tables, tickets with a first follow-up, a signed-in session.

Prints one JSON line: the session's key.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

call_command("migrate", verbosity=0)
user = get_user_model().objects.create_superuser("agent", "", "agent")
queue = Queue.objects.create(title="first", slug="first")
many, now = int(sys.argv[1]), timezone.now()
for begin in range(0, many, 5_000):
    rows = Ticket.objects.bulk_create(
        Ticket(
            queue=queue, title=f"包裹未送达 {number}", description="订单三天未到", created=now,
            modified=now, assigned_to=user, status=4 if number % 2 else 1, secret_key=f"k{number}",
        )
        for number in range(begin, min(begin + 5_000, many))
    )  # fmt: skip
    FollowUp.objects.bulk_create(
        FollowUp(ticket=row, date=now, title="Ticket Opened", public=True, user=user)
        for row in rows
    )
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(json.dumps({"session": session.session_key, "queue": queue.pk}))
