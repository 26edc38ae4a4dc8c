"""The steps that a person may take from the state in which a case is."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.queries.fields import own_missing
from lingzhi.cases.queries.needs import is_there
from lingzhi.core.clock import today
from lingzhi.org.models import PostHolding
from lingzhi.org.queries import in_force
from lingzhi_engine.flow import Kind, Transition

OVER = (Kind.SOLVED, Kind.CLOSED)


def steps_of(case: Case, user: User) -> list[Transition]:
    """Steps out of the state, as far as role and post allow them; none that an act takes."""
    steps = case.version.read().from_state(case.state)
    return [one for one in steps if not one.by_act and may_take(user, one)]


def may_take(user: User, transition: Transition) -> bool:
    """Whether the role and the post of a person allow the step."""
    if transition.capability and not user.can(transition.capability):
        return False
    if not transition.post:
        return True
    held = PostHolding.objects.filter(in_force(today()), person=user)
    return held.filter(post__code=transition.post).exists()


def missing_for(case: Case, transition: Transition) -> list[str]:
    """The names of what the step needs and the case has not; before it is solved, own fields too:
    `own.serial_number`."""
    missing = [name for name in transition.needs if not is_there(case, name)]
    flow = case.version.read()
    ends = flow.kind_of(transition.target) in OVER and flow.kind_of(case.state) not in OVER
    return missing + own_missing(case) if ends else missing
