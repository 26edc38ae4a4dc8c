"""What stands beside a number and says that it is something else, or what it is."""

import re

_JOIN = r"(?:号码?|编号|是|为|叫|尾号|后面|：|:|#|\s|No\.?)*$"
_OTHER = re.compile(
    r"(?:订单号?|单号|运单号?|物流号?|快递号?|快件号?|流水号?|交易号?|凭证号?|参考号|编号|工号|坐席号?"
    r"|条形?码|货号|型号|序列号|机身号|批次?号|设备号|发票号?|合同号?|会员号|会员卡号?|兑换码|取件码|验证码"
    r"|密码|版本号?|税号|信用代码|积分|金额|价格|总价|合计|余额|人民币|[¥￥$]|SN|S/N|IMEI|ISBN|QQ号?"
    r"|(?i:order|tracking|sku|uid|id))" + _JOIN
)
_AMOUNT = re.compile(
    r"\s*(?:元|块|万|亿|美元|人民币|积分|分钱|%|个|件|次|台|公里|千米|毫|度电|KB|MB|GB)"
)
_WINDOW = 14


def is_labelled_otherwise(plain: str, start: int) -> bool:
    """Is the number at `start` called something that is no personal data (订单号是…)?"""
    return _OTHER.search(plain[max(0, start - _WINDOW) : start]) is not None


def is_amount(plain: str, end: int) -> bool:
    """Is the number that ends at `end` followed by a unit of money or measure (…元)?"""
    return _AMOUNT.match(plain, end) is not None


def is_labelled(plain: str, start: int, label: re.Pattern[str]) -> bool:
    """Does `label`, which ends in `$`, stand right before `start`?"""
    return label.search(plain[max(0, start - _WINDOW) : start]) is not None


def label(words: str) -> re.Pattern[str]:
    """A pattern for `is_labelled`: one of `words`, then at most joining words (号码是：)."""
    return re.compile(f"(?:{words}){_JOIN}")
