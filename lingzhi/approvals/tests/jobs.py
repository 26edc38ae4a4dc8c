def take_effect(approval_id: int) -> None:
    """What an approval would start."""
