"""A conversation while it is written: its lines, and how the next one is said."""

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

from lingzhi.demo.scenarios import Pool, Scenario, pools
from lingzhi.demo.source import read


@dataclass(slots=True)
class Line:
    """One turn. `wait_ms` is silence before it that is more than a breath; times come later."""

    role: str
    text: str
    acts: frozenset[str]
    wait_ms: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(slots=True)
class Talk:
    """What is fixed before the first word, and the lines so far.

    `lapses` are the agent's weaknesses of the day; one shows only where there is occasion for it.
    `events` are what the customer brings: angry, regulator, churn, refund …
    """

    scenario: Scenario
    channel: str
    lapses: frozenset[str]
    events: frozenset[str]
    slots: dict[str, str]
    rng: Random
    lines: list[Line] = field(default_factory=list)
    used: set[tuple[str, int]] = field(default_factory=set)
    transfers: int = 0
    is_solved: bool = True
    is_swapped: bool = False

    @property
    def is_spoken(self) -> bool:
        return self.channel == "phone"

    def lapses_in(self, lapse: str) -> bool:
        return lapse in self.lapses

    def has(self, event: str) -> bool:
        return event in self.events

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pool(self, name: str) -> Pool:
        """The shared phrases of that name, as this channel says them."""
        shared = pools()
        written = f"{name}.chat" if self.channel in ("chat", "app") else f"{name}.{self.channel}"
        return shared.get(written) or shared[name]

    def agent(self, *said: Pool | str, wait_ms: int | None = None) -> Line:
        """The agent says one phrase of each, in one breath."""
        return self._say("agent", said, wait_ms)

    def customer(self, *said: Pool | str) -> Line:
        """The customer says one phrase of each; on the phone with a word to gain time."""
        line = self._say("customer", said, None)
        if self.is_spoken and line.text[0] not in read("words")["hesitates"] and self.chance(0.25):
            line.text = self.words("customer_fillers") + line.text
        elif self.channel in ("chat", "app"):
            line.text = line.text.rstrip("。")
        return line

    def agent_words(self, text: str, *acts: str) -> Line:
        """The agent says these very words."""
        line = Line("agent", text, frozenset(acts))
        self.lines.append(line)
        return line

    def bot(self, name: str) -> Line:
        return self._say("bot", (name,), None)

    def words(self, name: str) -> str:
        """One of a list of small words."""
        options = read("words")[name]
        return str(options[int(self.rng.random() * len(options))])

    def wording(self, pool: Pool) -> str:
        """One phrase of the pool that was not said before, if any is left."""
        phrases = pool.phrases
        at = int(self.rng.random() * len(phrases))
        for step in range(len(phrases)):
            key = (pool.name, (at + step) % len(phrases))
            if key not in self.used:
                break
        self.used.add(key)
        return phrases[key[1]].say(self.rng.random, self.slots)

    def _say(self, role: str, said: Collection[Pool | str], wait_ms: int | None) -> Line:
        chosen = [self.pool(one) if isinstance(one, str) else one for one in said]
        text = "".join(self.wording(pool) for pool in chosen).lstrip("，。、").replace("，。", "。")
        acts = frozenset().union(*(pool.acts for pool in chosen))
        line = Line(role, text, acts, wait_ms)
        self.lines.append(line)
        return line
