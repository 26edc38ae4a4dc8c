"""Real mail servers, for the tests that ask for them."""

from lingzhi.contacts.tests.post_office import counter, mailbox, office

__all__ = ["counter", "mailbox", "office"]
