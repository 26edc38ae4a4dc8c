"""Numbers that identify a person: written and spoken."""

import random
from collections.abc import Iterator

from lingzhi_engine.privacy.tests.gold.case import Case, digits, place, say, widen

# One real district of each of twelve provinces, by its code of GB/T 2260.
_AREAS = (110105, 310104, 440305, 330106, 510107, 320102, 420106, 610113, 350203, 210102, 500103)
_CARDS = (("6222", 19), ("6217", 19), ("6225", 16), ("4392", 16), ("5187", 16), ("9558", 19))
_CARDS += (("6259", 16), ("6230", 17), ("6210", 18))
_LONG_AREA_CODES = ("0571", "0755", "0512", "0311", "0431", "0771", "0898", "0991", "0532")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mobile(rng: random.Random) -> tuple[str, str]:
    number = f"1{rng.choice('3456789')}{digits(rng, 9)}"
    a, b, c = number[:3], number[3:7], number[7:]
    shapes = [number] * 5 + [f"{a}-{b}-{c}", f"{a} {b} {c}", f"+86{number}", f"+86 {a} {b} {c}"]
    shapes += [f"86-{number}", f"0086{number}", widen(number), " ".join(number), f"{a}.{b}.{c}"]
    shapes += [
        f"{number[:4]} {number[4:7]} {c}",
        f"{a} {number[3:]}",
        f"{a}－{b}－{c}",
        f"(+86){number}",
    ]
    return rng.choice(shapes), number


def landline(rng: random.Random) -> tuple[str, str]:
    short = rng.random() < 0.5
    area = f"02{rng.choice('012345789')}" if short else rng.choice(_LONG_AREA_CODES)
    local = 8 if short else rng.choice([7, 8])
    number = rng.choice("5678") + digits(rng, local - 1)
    shapes = [f"{area}-{number}", f"{area}{number}", f"({area}){number}", f"{area} {number}"]
    shapes += [
        widen(f"{area}{number}"),
        f"（{area}）{number}",
        f"{area}-{number[:-4]} {number[-4:]}",
    ]
    return rng.choice(shapes), area + number


def service(rng: random.Random) -> tuple[str, str]:
    number = rng.choice(["400", "400", "800"]) + rng.choice("16789") + digits(rng, 6)
    a, b, c = number[:3], number[3:6], number[6:]
    shapes = [
        number,
        f"{a}-{b}-{c}",
        f"{a} {b} {c}",
        f"{a}-{number[3:7]}-{number[7:]}",
        f"{a}-{number[3:]}",
    ]
    return rng.choice([*shapes, widen(number)]), number


def id_card(rng: random.Random) -> tuple[str, str]:
    area, month, day = rng.choice(_AREAS), rng.randint(1, 12), rng.randint(1, 28)
    if rng.random() < 0.15:
        number = f"{area}{rng.randint(40, 95)}{month:02}{day:02}{digits(rng, 3)}"
        return rng.choice([number, widen(number)]), number
    body = f"{area}{rng.randint(1940, 2012)}{month:02}{day:02}{digits(rng, 3)}"
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True))
    number = body + "10X98765432"[total % 11]
    shapes = [
        number,
        number,
        number.lower(),
        f"{number[:6]} {number[6:14]} {number[14:]}",
        widen(number),
    ]
    shapes += [f"{number[:6]}-{number[6:14]}-{number[14:]}"]
    return rng.choice(shapes), number


def bank_card(rng: random.Random) -> tuple[str, str]:
    prefix, length = rng.choice(_CARDS)
    body = prefix + digits(rng, length - 5)
    total = 0
    for place_, digit in enumerate(reversed(body)):
        double = int(digit) * (1 if place_ % 2 else 2)
        total += double // 10 + double % 10
    number = body + str(-total % 10)
    grouped = " ".join(number[at : at + 4] for at in range(0, length, 4))
    return rng.choice([number, number, grouped, grouped.replace(" ", "-"), widen(number)]), number


def plate(rng: random.Random) -> tuple[str, str]:
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    head = rng.choice(
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
    ) + rng.choice(signs)
    common = digits(rng, 3) + "".join(rng.choice(signs + "0123456789") for _ in range(2))
    five = rng.choice([digits(rng, 5), common])
    rest = rng.choice(
        [five, five, rng.choice("DFABCEGHJK") + digits(rng, 5), digits(rng, 5) + rng.choice("DF")]
    )
    special = digits(rng, 4) + rng.choice("挂学警港澳")
    whole = rng.choice(
        [head + rest] * 6
        + [head + special] * 2
        + ["使" + digits(rng, 6), head[0] + "A" + digits(rng, 4) + "领"]
    )
    shapes = [whole, whole, whole.lower(), widen(whole)]
    if whole[0] != "使":
        shapes += [
            f"{whole[:2]}·{whole[2:]}",
            f"{whole[:2]} {whole[2:]}",
            f"{whole[:2]}-{whole[2:]}",
        ]
    return rng.choice(shapes), whole


def email(rng: random.Random) -> tuple[str, str]:
    name = rng.choice(["wang.xm", "li_lei", "zhangwei", "chen-x", "sunny", "a"]) + digits(
        rng, rng.randint(1, 6)
    )
    address = f"{name}@{rng.choice(['163.com', 'qq.com', 'mail.example.com.cn', 'example.cn'])}"
    return rng.choice(
        [address, address, address.upper(), address.replace("@", "＠"), widen_at(address)]
    ), address


def widen_at(address: str) -> str:
    return address.replace("@", " @ ") if len(address) % 2 else address


_WRITTEN = (
    (mobile, "mobile", ("手机号", "电话", "联系方式", "号码"), 1600),
    (id_card, "id_card", ("身份证号", "身份证", "证件号码"), 1000),
    (bank_card, "bank_card", ("银行卡号", "卡号", "退款账户"), 800),
    (landline, "landline", ("座机", "电话", "单位电话"), 500),
    (service, "service_number", ("电话", "热线", "客服电话"), 300),
    (plate, "plate", ("车牌号", "车牌", "车"), 600),
    (email, "email", ("邮箱", "邮件地址", "电子邮箱"), 200),
)
_UNLABELLED = ("", "那个", "这边")


def structured(rng: random.Random) -> Iterator[Case]:
    """5,000 sentences with a written number, plate or e-mail address."""
    for make, kind, labels, count in _WRITTEN:
        for _ in range(count):
            words, value = make(rng)
            label = rng.choice(labels + _UNLABELLED)
            yield place(rng, words, kind=kind, value=value, label=label)


def spoken(rng: random.Random) -> Iterator[Case]:
    """1,000 sentences with a number said digit by digit."""
    makers = [(mobile, "mobile", "手机号")] * 5 + [(id_card, "id_card", "身份证号")] * 2
    makers += [
        (bank_card, "bank_card", "卡号"),
        (landline, "landline", "座机"),
        (service, "service_number", "热线"),
    ]
    for _ in range(1000):
        make, kind, label = rng.choice(makers)
        _, value = make(rng)
        yield place(rng, say(rng, value), kind=kind, value=value, label=rng.choice([label, ""]))
