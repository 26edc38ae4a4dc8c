"""What a mail server says no to a letter with (RFC 5321 §4.2)."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror

FOR_GOOD = 500  # from this reply code on a server will not take the same letter later
REFUSED = (SMTPRecipientsRefused, SMTPResponseException)
# The server was not reached or said no: nothing went out. Any other failure leaves that open.
NOT_SENT = (*REFUSED, ConnectionRefusedError, gaierror)


def reply_of(problem: Exception) -> int:
    """The code with which the server refused; 0 where it was not reached."""
    if isinstance(problem, SMTPRecipientsRefused):
        return max(code for code, _words in problem.recipients.values())
    return problem.smtp_code if isinstance(problem, SMTPResponseException) else 0
