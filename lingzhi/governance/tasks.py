"""Goals and plans in the background."""

from lingzhi.governance.services import goals


def ask_judges() -> None:
    """Every morning: goals whose review is due are a to-do of who judges them."""
    goals.ask_judges()
