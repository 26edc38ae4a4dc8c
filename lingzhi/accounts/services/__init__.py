"""Everything that writes people, passwords, sessions and the security policy."""

from lingzhi.accounts.services.passwords import change_password, issue_one_time_password
from lingzhi.accounts.services.people import (
    StaffNumberTaken,
    change_person,
    change_preferences,
    create_person,
    deactivate,
    reactivate,
)
from lingzhi.accounts.services.policy import change_policy
from lingzhi.accounts.services.saved_views import forget_view, save_view
from lingzhi.accounts.services.second_factor import (
    CodeSpent,
    reset_second_factor,
    spend_code,
)
from lingzhi.accounts.services.sessions import end_sessions, prune_sessions
from lingzhi.accounts.services.tries import clear_tries, give_back_try, take_try, unlock

__all__ = [
    "CodeSpent",
    "StaffNumberTaken",
    "change_password",
    "change_person",
    "change_policy",
    "change_preferences",
    "clear_tries",
    "create_person",
    "deactivate",
    "end_sessions",
    "forget_view",
    "give_back_try",
    "issue_one_time_password",
    "prune_sessions",
    "reactivate",
    "reset_second_factor",
    "save_view",
    "spend_code",
    "take_try",
    "unlock",
]
