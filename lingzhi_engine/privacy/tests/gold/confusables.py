"""What looks like personal data and is none: order numbers, amounts, parcels, dates, staff."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from lingzhi_engine.privacy.tests.gold.case import Case, digits
from lingzhi_engine.privacy.words import words

_SENTENCES = words("harmless_sentences", Path(__file__).parent / "lists")


def _one_of_sentences(rng: random.Random) -> str:
    return rng.choice(_SENTENCES)


def _order(rng: random.Random) -> str:
    date = f"20{rng.randint(23, 26)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    number = rng.choice([date + digits(rng, rng.randint(6, 14)), digits(rng, rng.randint(9, 20))])
    label = rng.choice(["订单号", "单号是", "订单编号：", "流水号", "交易号", "我的订单 "])
    return f"{label}{number}" + rng.choice(["", "，帮我查一下", "什么时候发货"])


def _parcel(rng: random.Random) -> str:
    carrier = rng.choice(["YT", "SF", "JD", "ZTO", "STO", "YD", "JT", "EMS", "DPK"])
    bare = carrier + digits(rng, rng.randint(10, 14))
    labelled = rng.choice(["快递单号", "运单号", "物流单号是"]) + digits(rng, rng.randint(11, 15))
    return rng.choice([f"快递{bare}到哪了", f"{bare}一直没更新", labelled, f"{labelled}查不到"])


def _amount(rng: random.Random) -> str:
    whole = rng.randint(1, 10 ** rng.randint(2, 11))
    shapes = [
        f"{whole}元",
        f"¥{whole}",
        f"{whole}.{rng.randint(10, 99)}",
        f"{whole:,}块",
        f"共{whole}.00元",
    ]
    return f"{rng.choice(['一共', '退了', '金额', '扣了我', '价格是'])}{rng.choice(shapes)}"


def _date(rng: random.Random) -> str:
    year, month, day = rng.randint(2019, 2026), rng.randint(1, 12), rng.randint(1, 28)
    hour, minute = rng.randint(0, 23), rng.randint(0, 59)
    shapes = [f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{rng.randint(0, 59):02}"]
    shapes += [
        f"{year}年{month}月{day}日{hour}点{minute}分",
        f"{year}{month:02}{day:02}",
        f"{month}/{day} {hour}:{minute:02}",
    ]
    shapes += [
        f"{year}.{month}.{day}",
        f"时间戳{rng.randint(1, 9)}{digits(rng, 9)}",
        f"16{digits(rng, 11)}",
    ]
    return f"{rng.choice(['下单时间', '是', '预约'])}{rng.choice(shapes)}"


def _staff(rng: random.Random) -> str:
    number = digits(rng, rng.choice([4, 4, 5, 6, 8]))
    shapes = [
        f"您好，工号{number}为您服务",
        f"云栖生活{number}号为您服务",
        f"我是{number}号客服",
        f"工号是{number}",
    ]
    return rng.choice([*shapes, f"坐席{number}", f"售后中心{number}号很高兴为您服务"])


def _code(rng: random.Random) -> str:
    shapes = [
        f"验证码{digits(rng, 6)}",
        f"取件码{digits(rng, 8)}",
        f"条码69{digits(rng, 11)}",
        f"IMEI 86{digits(rng, 13)}",
    ]
    shapes += [
        f"序列号SN{digits(rng, 14)}",
        f"机身号{digits(rng, 16)}",
        f"型号KFR-{digits(rng, 2)}GW/N{digits(rng, 1)}XHA1",
    ]
    shapes += [
        f"BCD-{digits(rng, 3)}WGHSS",
        f"版本号{digits(rng, 1)}.{digits(rng, 2)}.{digits(rng, 5)}",
        f"积分{digits(rng, 6)}",
    ]
    return rng.choice(shapes)


def _near_number(rng: random.Random) -> str:
    """Numbers that miss a rule by one: a digit too many, a wrong check, a wrong head."""
    day = f"{rng.randint(24, 27)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    bare_order = day + digits(rng, 10)
    id_like = f"{rng.choice(['99', '00', '07'])}{digits(rng, 16)}"
    card = "6222" + digits(rng, 14)
    wrong_card = card + str((_luhn(card) + rng.randint(1, 9)) % 10)
    shapes = [
        f"12{digits(rng, 9)}",
        f"1{rng.choice('3456789')}{digits(rng, 8)}",
        f"1{rng.choice('3456789')}{digits(rng, 11)}",
    ]
    shapes += [
        bare_order,
        id_like,
        wrong_card,
        digits(rng, 5),
        f"{digits(rng, 3)} {digits(rng, 3)} {digits(rng, 3)}",
        f"192.168.{digits(rng, 1)}.1{digits(rng, 1)}",
    ]
    shapes += [f"尺寸1{digits(rng, 2)} 2{digits(rng, 2)} 3{digits(rng, 2)} {digits(rng, 2)}"]
    return f"{rng.choice(['这个', '显示', ''])}{rng.choice(shapes)}"


def _luhn(body: str) -> int:
    signs = [int(d) * (1 if at % 2 else 2) for at, d in enumerate(reversed(body))]
    return -sum(sign // 10 + sign % 10 for sign in signs) % 10


def _talk(rng: random.Random) -> str:
    number = rng.choice("一二三四五六七八九十") + rng.choice(["", "百", "千", "十"])
    return rng.choice(
        ["等了{}天", "大概{}块", "{}个人", "第{}次", "{}点半", "买了{}台", "楼上{}楼"]
    ).format(number)


_MAKERS: tuple[tuple[Callable[[random.Random], str], int], ...] = (
    (_order, 1000),
    (_parcel, 600),
    (_amount, 600),
    (_date, 600),
    (_staff, 500),
    (_code, 500),
    (_near_number, 500),
    (_one_of_sentences, 500),
    (_talk, 200),
)


def confusables(rng: random.Random) -> Iterator[Case]:
    """5,000 sentences without personal data."""
    for make, count in _MAKERS:
        for _ in range(count):
            yield Case(make(rng))
