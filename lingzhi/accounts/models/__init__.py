from lingzhi.accounts.models.policy import SecurityPolicy
from lingzhi.accounts.models.saved_views import SavedView
from lingzhi.accounts.models.secrets import OldPassword, SpentCode
from lingzhi.accounts.models.sessions import Session
from lingzhi.accounts.models.tokens import KeptAnswer, Token
from lingzhi.accounts.models.tries import SignInTries
from lingzhi.accounts.models.user import User

__all__ = [
    "KeptAnswer",
    "OldPassword",
    "SavedView",
    "SecurityPolicy",
    "Session",
    "SignInTries",
    "SpentCode",
    "Token",
    "User",
]
