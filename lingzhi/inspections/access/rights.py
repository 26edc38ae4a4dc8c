"""What a person may do with rules, runs, sheets and scores, by the names of the role table."""

from django.core.exceptions import PermissionDenied

from lingzhi.accounts.models import User

READ, WRITE = "inspections.read", "inspections.write_rules"
ACTIVATE, RUN = "inspections.activate_rules", "inspections.run"
DESIGN, SCORE = "inspections.design_sheets", "inspections.score"
RECHECK, APPEALS = "inspections.recheck", "inspections.decide_appeals"
PLAN, CALIBRATE = "inspections.plan", "inspections.calibrate"
WATCH, POLICY = "inspections.watch", "inspections.set_policy"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied
