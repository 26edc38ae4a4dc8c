"""What is done about customers at night."""

from lingzhi.customers.services.likenesses import find_likenesses as find


def find_likenesses() -> None:
    """Files that look like one customer's, for people to decide."""
    find()
