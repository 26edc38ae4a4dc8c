"""What can stand in for a swapped task: the rest of its stratum in the frame it was drawn from."""

from collections.abc import Iterator

from lingzhi.inspections.models import Draw, Plan, Review, Task
from lingzhi.inspections.sampling import Frame
from lingzhi_engine.stats import simple_sample


def stand_ins(task: Task, draw: Draw, most: int) -> list[int]:
    """Up to `most` conversations in the order of the draw's seed, the next one first.

    They stand in the stored frame beside the task's own, and nobody inspects, has inspected or has
    swapped them. Empty where the task was not drawn by chance.
    """
    if not draw.frame:
        return []
    frame = Frame.unpacked(bytes(draw.frame))
    is_spread = draw.design.get("method") == Plan.Method.SPREAD
    beside = set(frame.like(task.contact_id, of_the_agent=is_spread).tolist())
    drawn = draw.tasks.filter(is_repeat=False).values_list("contact_id", flat=True)
    line = _in_order(sorted(beside - set(drawn)), draw.seed, 5 * most)
    held = _held(line)
    return [pk for pk in line if pk not in held][:most]


def _in_order(ids: list[int], seed: int, most: int) -> list[int]:
    """The lowest numbers of the seed, in their order: whoever asks for more gets the same first."""
    lowest = [ids[row] for row in simple_sample(ids, min(most, len(ids)), seed=seed).rows]
    return list(_one_by_one(lowest, seed))


def _one_by_one(left: list[int], seed: int) -> Iterator[int]:
    while left:
        yield left.pop(int(simple_sample(left, 1, seed=seed).rows[0]))


def _held(ids: list[int]) -> set[int]:
    open_or_done = (Task.State.OPEN, Task.State.DONE)
    tasks = Task.objects.filter(contact__in=ids, is_repeat=False, state__in=open_or_done)
    reviews = Review.objects.filter(contact__in=ids)
    return {
        *tasks.values_list("contact_id", flat=True),
        *reviews.values_list("contact_id", flat=True),
    }
