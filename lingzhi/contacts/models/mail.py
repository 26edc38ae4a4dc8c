"""E-mail: mailboxes of the centre, mail that came, mail that goes out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.contacts import Contact


class Mailbox(models.Model):
    """A mailbox that customers write to (邮箱), and who answers for what comes there.

    `responsible` is first responsible for its matters, `unit` works on them; `case_type` is the
    code of what a matter is where no rule of recognition says so. The app password is kept sealed;
    with a token there is none. `problem` is why the last look failed, empty when it did not.
    """

    class Safety(models.TextChoices):
        TLS = "tls", _("TLS from the start")
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", _("None, inside the house only")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("App password")
        TOKEN = "token", _("OAuth token from a file (XOAUTH2)")

    class After(models.TextChoices):
        SEEN = "seen", _("Mark as read")
        MOVE = "move", _("Move into another folder")
        KEEP = "keep", _("Leave as it is")

    address = models.EmailField(_("address"), unique=True)
    name = models.CharField(_("name of the sender"), max_length=80)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    responsible = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("first responsible")
    )
    case_type = models.CharField(_("case type where no rule fits"), max_length=40)
    imap_host = models.CharField(_("IMAP server"), max_length=190)
    imap_port = models.PositiveIntegerField(_("IMAP port"), default=993)
    imap_safety = models.CharField(
        _("encryption of IMAP"), max_length=8, choices=Safety, default=Safety.TLS
    )
    smtp_host = models.CharField(_("SMTP server"), max_length=190)
    smtp_port = models.PositiveIntegerField(_("SMTP port"), default=465)
    smtp_safety = models.CharField(
        _("encryption of SMTP"), max_length=8, choices=Safety, default=Safety.TLS
    )
    user = models.CharField(_("user name"), max_length=190)
    sign_in = models.CharField(_("sign-in"), max_length=8, choices=SignIn, default=SignIn.PASSWORD)
    sealed_password = models.TextField(blank=True)
    folder = models.CharField(_("folder"), max_length=120, default="INBOX")
    from_on = models.DateField(_("mail from this day on"))
    after = models.CharField(_("after taking"), max_length=4, choices=After, default=After.SEEN)
    move_to = models.CharField(_("folder to move into"), max_length=120, blank=True)
    uses_plus = models.BooleanField(_("the server delivers name+mark@…"), default=False)
    confirms = models.BooleanField(_("confirm each new matter with its number"), default=True)
    signature = models.TextField(_("signature"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    looked_at = models.DateTimeField(_("last look"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=300, blank=True)

    class Meta:
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(after="move") | ~Q(move_to=""), name="mailbox_moves_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.address


class Mail(models.Model):
    """A mail that was found in a mailbox, once: known by UIDVALIDITY and UID (RFC 9051).

    Subject and sender are masked; `sealed_head` holds them as they came. Its words are a turn of
    `contact`; the file as it came is kept beside. `matter` is what it belongs to, such as
    `cases.case/12`; `settled_at` is when that was found out. `marked_at` is when the server
    heard that it was taken.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        APART = "apart", _("Kept apart")

    class Reason(models.TextChoices):
        NONE = "", "–"
        LOOP = "loop", _("Runs in a circle")
        BOUNCE = "bounce", _("A mail of ours came back")
        AUTO_REPLY = "auto_reply", _("Written by a machine")
        SPAM = "spam", _("Flagged as spam")
        TOO_LARGE = "too_large", _("Too large")
        UNREADABLE = "unreadable", _("Cannot be read")
        DUPLICATE = "duplicate", _("Came before")

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    message_id = models.CharField(max_length=300, blank=True, db_index=True)
    references = models.JSONField(default=list)
    sealed_head = models.TextField(blank=True)
    sender = models.CharField(_("sender"), max_length=320, blank=True)
    sender_index = models.CharField(max_length=64, blank=True, db_index=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    received_at = models.DateTimeField(_("received at"))
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    content_sha256 = models.CharField(max_length=64, blank=True)
    file = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=5, choices=State)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    wants_no_answer = models.BooleanField(default=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="mails")
    seq = models.PositiveIntegerField(null=True)
    matter = models.CharField(max_length=60, blank=True, db_index=True)
    settled_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "uidvalidity", "uid"], name="mail_once_per_mailbox"
            ),
            models.CheckConstraint(
                condition=Q(state="taken") | ~Q(reason=""), name="mail_apart_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="mail_by_state")]

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.uidvalidity}/{self.uid}"

    @property
    def place(self) -> str:
        """Where subject and addresses are sealed for."""
        return f"contacts.mail|head|{self.mailbox_id}|{self.uidvalidity}|{self.uid}"


class MailPart(models.Model):
    """Something attached to a mail; what may not be kept stands here with the reason."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)
    content_id = models.CharField(max_length=200, blank=True)
    is_inline = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "number"], name="mail_part_once_per_mail")
        ]

    def __str__(self) -> str:
        return self.name


class OutgoingMail(models.Model):
    """A mail to a customer. `is_automatic` marks what the program writes by itself.

    `attached` names what goes with it: key of the stored file, name, size in bytes and SHA-256.
    While it is being sent it is claimed; whoever finds it claimed for long cannot know whether it
    went out, and says so instead of sending it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Went out")
        FAILED = "failed", _("Could not be sent")
        UNKNOWN = "unknown", _("Not known whether it was sent")
        CAME_BACK = "came_back", _("Came back")
        GIVEN_UP = "given_up", _("Given up")

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="outgoing")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="mails_out")
    matter = models.CharField(max_length=60, blank=True, db_index=True)
    message_id = models.CharField(max_length=300, unique=True)
    references = models.JSONField(default=list)
    sealed_content = models.TextField(blank=True)
    attached = models.JSONField(default=list)
    recipient = models.CharField(_("recipient"), max_length=320)
    recipient_index = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(_("subject"), max_length=300)
    is_automatic = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    next_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "next_at"], name="outgoing_mail_due")]

    def __str__(self) -> str:
        return self.message_id

    @property
    def place(self) -> str:
        """Where address and words are sealed for."""
        return f"contacts.outgoingmail|content|{self.message_id}"


def place_of_mailbox(address: str) -> str:
    """The place that the app password of a mailbox is sealed for."""
    return f"contacts.mailbox|password|{address}"
