"""One row of a file: read field by field, every problem named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import Field, Problem, Record, Refused, values_of
from lingzhi.core.readers import reference, text
from lingzhi.customers.models import Identifier

WHO = {
    "account": Identifier.Kind.ACCOUNT,
    "phone": Identifier.Kind.PHONE,
    "email": Identifier.Kind.EMAIL,
    "customer_name": Identifier.Kind.NAME,
}
TELLING = ("account", "phone", "email")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read without a problem."""

    key: str
    values: dict[str, Any]

    @property
    def identifiers(self) -> dict[str, str]:
        """What names the customer, by kind."""
        return {str(kind): self.values[name] for name, kind in WHO.items() if self.values[name]}


def who_fields() -> tuple[Field, ...]:
    """What names the customer: an account, a phone or an e-mail; a name besides."""
    return (
        Field("account", _("customer's account"), reference(80), is_required=True,
              instead=("phone", "email"), is_personal=True,
              synonyms=("客户编号", "客户号", "会员号", "会员编号", "客户账号", "账号",
                        "customer_no")),
        Field("phone", _("customer's phone"), reference(40), is_personal=True,
              synonyms=("电话", "手机", "手机号", "联系电话", "客户电话", "mobile", "tel")),
        Field("email", _("customer's e-mail"), text(120), is_personal=True,
              synonyms=("邮箱", "电子邮箱", "客户邮箱", "mail")),
        Field("customer_name", _("customer's name"), text(80), is_personal=True,
              synonyms=("客户姓名", "姓名", "客户名称", "联系人", "客户", "customer")),
        Field("company", _("company"), text(120),
              synonyms=("公司", "单位", "企业", "企业名称", "公司名称", "单位名称")),
    )  # fmt: skip


def read_values(fields: Sequence[Field], record: Record) -> dict[str, Any]:
    """The values by name, empty ones as None. Raises Refused with every problem found."""
    values, problems = values_of(fields, record)
    if not problems and not any(values[name] for name in TELLING):
        problems.append(Problem("account", _("Give an account, a phone or an e-mail.")))
    if problems:
        raise Refused(problems)
    return values
