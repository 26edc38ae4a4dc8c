"""The kinds of personal data, strongest evidence first: where two overlap, the earlier wins."""

from lingzhi_engine.privacy.kinds import (
    address,
    bank_card,
    email,
    id_card,
    landline,
    mobile,
    name,
    plate,
    service_number,
)
from lingzhi_engine.privacy.span import Kind

KINDS: tuple[Kind, ...] = (
    email.KIND,
    id_card.KIND,
    bank_card.KIND,
    mobile.KIND,
    service_number.KIND,
    landline.KIND,
    plate.KIND,
    address.KIND,
    name.KIND,
)
