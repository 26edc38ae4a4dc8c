"""`manage.py replay_live`: tell a running site of stored conversations as if they went on now."""

from functools import partial
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from lingzhi.contacts.feeding.feeds import feed_of, open_feed
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from lingzhi.demo.replay import replay, talks
from lingzhi.demo.telling import tell_site

SOURCE = "replay"


class Command(BaseCommand):
    help = "Tell a running site of stored conversations once more, turn by turn, as a feed would."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="its address")
        parser.add_argument("--conversations", type=int, default=6, help="how many")
        parser.add_argument("--speed", type=float, default=4.0, help="times as fast as it was")
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same choice")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = talks(options["conversations"], seed=options["seed"])
        if not chosen:
            raise CommandError("There are no conversations with times to replay.")
        feed = feed_of(SOURCE) or open_feed(source_named(SOURCE), by=None)[0]
        address = options["site"] + reverse("contacts:take_events", args=[SOURCE])
        tell = partial(tell_site, address, feed.secret.decode())
        self.stdout.write(f"Look at {options['site']}{reverse('inspections:floor')}")
        mark = now().strftime("L%m%d%H%M%S")
        told = replay(chosen, tell, speed=options["speed"], mark=mark)
        self.stdout.write(f"{len(chosen)} conversations, {told} turns told")
