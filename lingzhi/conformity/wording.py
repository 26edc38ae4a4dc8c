"""What an assessment of each kind of processing begins with; the assessor rewrites it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.models import Assessment

Kind = Assessment.Kind
Words = tuple[str | Promise, str | Promise, str | Promise]  # purpose, impact, measures

TEMPLATES: dict[str, Words] = {
    Kind.RECORDING: (
        _("Calls are recorded and written down to answer customers, verify complaints and check "
          "the service. Say why less would not do: sampling, shorter retention, notes alone."),
        _("Customers say more than the matter needs; others may be heard. A leak shows voice, "
          "number and circumstances."),
        _("Notice at the beginning and a way for who refuses; numbers masked; listening by role "
          "and reach, with a trace; recordings sealed; refused ones withheld."),
    ),
    Kind.STAFF: (
        _("Conversations are judged by rules and scored by people to improve service and to coach. "
          "Say which results have consequences, and why fewer would not do."),
        _("Constant observation, wrong findings, unequal treatment, consequences for pay and "
          "career."),
        _("Notice to staff; every finding shows its words; measured precision before a rule "
          "counts; a person confirms; appeal; smallest group; no automatic sanction."),
    ),
    Kind.SENSITIVE: (
        _("ID cards, bank cards, addresses and health are named where a matter needs them. Say "
          "for which matters each is necessary."),
        _("Fraud, discrimination, harm to reputation or property when it leaks."),
        _("Masked for everybody; the whole value needs a right and a reason and leaves a trace; "
          "stored sealed; separate consent where the law asks for it."),
    ),
    Kind.SHARING: (
        _("Data leave for handling departments, outsourcers or other systems. Say who receives "
          "what, on which contract, and why it cannot stay."),
        _("The receiver may use it for more, keep it longer, or lose it; customers no longer know "
          "who has it."),
        _("Contract and check of the receiver; least fields; signed webhooks; exports by right, "
          "counted in the audit log; customers are told."),
    ),
    Kind.PUBLICATION: (
        _("Typical cases, grades or results are shown to others. Say to whom, for how long, and "
          "why names would be needed."),
        _("People are recognised by voice, words or rank; shame and pressure."),
        _("Masked words; smallest group; voluntary for praised cases; somebody else puts it out; "
          "it can be withdrawn."),
    ),
}  # fmt: skip


def template_of(kind: str) -> dict[str, str]:
    """Title, purpose, impact and measures in the reader's language."""
    purpose, impact, measures = TEMPLATES[kind]
    title = str(Kind(kind).label)
    return {
        "title": title, "purpose": str(purpose), "impact": str(impact), "measures": str(measures),
    }  # fmt: skip
