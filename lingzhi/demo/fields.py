"""Fields that the demo's centre adds to its cases, and what its cases say in them."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseField, CaseType
from lingzhi.cases.services.fields import FieldGiven, add_field

MANAGER = "7002"
SHOPS = (
    ("mall", "自营商城", "Own shop online"), ("platform", "电商平台", "Platform"),
    ("store", "线下门店", "Store"), ("group", "团购", "Group purchase"),
)  # fmt: skip
FIELDS: tuple[tuple[str, str, str, str, tuple[str, ...], dict[str, Any]], ...] = (
    ("purchase_channel", "购买渠道", "Bought through", "list",
     ("order", "repair", "business", "complaint"), {}),
    ("serial_number", "机身序列号", "Serial number", "text", ("repair", "technical"),
     {"required": "solved", "hint": {"zh-Hans": "见机身背面或包装箱标签",
                                     "en": "On the back of the device or on its box"}}),
    ("on_site", "需要上门", "Visit needed", "truth", ("repair",), {}),
    ("refund_amount", "退款金额（元）", "Refund (CNY)", "decimal", ("business", "complaint"), {}),
)  # fmt: skip
SAID: dict[str, dict[str, Any]] = {
    "order": {"purchase_channel": "platform"},
    "repair": {"purchase_channel": "mall", "serial_number": "SDJ10-A6-0871", "on_site": True},
    "business": {"purchase_channel": "store", "refund_amount": "199.5"},
    "technical": {"serial_number": "APP-ANDROID-7"},
}


def seed_fields() -> None:
    """Four fields: a list, a text without which nothing is solved, a truth, an amount."""
    if CaseField.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    types = {one.code: one for one in CaseType.objects.all()}
    shops = [{"code": code, "title": {"zh-Hans": name, "en": en}} for code, name, en in SHOPS]
    for order, (code, name, english, kind, asked, more) in enumerate(FIELDS, start=1):
        given = FieldGiven(
            code=code, title={"zh-Hans": name, "en": english}, kind=kind, order=order * 10,
            types=[types[one] for one in asked], choices=shops if kind == "list" else (), **more,
        )  # fmt: skip
        add_field(given, by=manager)


def said_by(kind: str, number: int) -> dict[str, Any]:
    """What the case with this number says; every third one nothing yet."""
    return SAID.get(kind, {}) if number % 3 else {}
