"""Each kind by hand: what is found, and what stands beside it and is not."""

import pytest

from lingzhi_engine.privacy import find
from lingzhi_engine.privacy.kinds.bank_card import has_luhn
from lingzhi_engine.privacy.kinds.id_card import check_character, is_id_number


def kinds(text: str) -> list[tuple[str, str]]:
    return [(span.kind, span.value) for span in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("我的手机13800002071", "mobile", "13800002071"),
        ("+86 138-0000-2071", "mobile", "13800002071"),
        ("１３８００００２０７１", "mobile", "13800002071"),
        ("1 3 8 0 0 0 0 2 0 7 1", "mobile", "13800002071"),
        ("幺三八零零零零四四幺七姓周", "mobile", "13800004417"),
        ("洞拐 不是，是一三八零零零零，二零拐一", "mobile", "13800002071"),
        ("一三八零零零零二零七一一个小时内打", "mobile", "13800002071"),
        ("tel13800002071", "mobile", "13800002071"),
        ("虚拟号13800002071-1234", "mobile", "13800002071"),
        ("010-65551234转801", "landline", "01065551234801"),
        ("（0571）8765 4321", "landline", "057187654321"),
        ("零幺零六五五五幺二三四", "landline", "01065551234"),
        ("家里电话是65551234", "landline", "65551234"),
        ("电话是66174063或者66174043", "landline", "66174043"),
        ("打010-87739799 64615726都行", "landline", "64615726"),
        ("400-800-1234", "service_number", "4008001234"),
        ("四零零八零零幺二三四", "service_number", "4008001234"),
        ("11010519491231002X", "id_card", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "id_card", "11010519491231002X"),
        ("110105 19491231 002x", "id_card", "11010519491231002X"),
        ("110105491231002", "id_card", "110105491231002"),
        ("一一零一零五一九四九一二三一零零二叉", "id_card", "11010519491231002X"),
        ("身份证号是110105194912310021", "id_card", "110105194912310021"),
        ("4111 1111 1111 1111", "bank_card", "4111111111111111"),
        ("京A12345", "plate", "京A12345"),
        ("粤B·D12345", "plate", "粤BD12345"),
        ("沪A12345D", "plate", "沪A12345D"),
        ("粤Z1234港", "plate", "粤Z1234港"),
        ("浙A1234学", "plate", "浙A1234学"),
        ("沪A1234领", "plate", "沪A1234领"),
        ("使014578", "plate", "使014578"),
        ("京a幺二三四五", "plate", "京A12345"),
        ("Wang.Xm@163.com", "email", "wang.xm@163.com"),
        ("wangxm艾特幺六三点com", "email", "wangxm@163.com"),
        ("南京路100号", "address", "南京路100号"),
        ("中山北路12弄3号501室", "address", "中山北路12弄3号501室"),
        ("浙江省杭州市西湖区文三路", "address", "浙江省杭州市西湖区文三路"),
        ("寄到余杭区良渚街道王家村三组15号", "address", "余杭区良渚街道王家村三组15号"),
        ("好的王先生", "name", "王"),
        ("欧阳女士您好", "name", "欧阳"),
        ("王小明先生您好", "name", "王小明"),
        ("我叫王小明", "name", "王小明"),
        ("姓周周晓棠", "name", "周晓棠"),
        ("我是王小明，昨天打过", "name", "王小明"),
        ("收货人：诸葛小亮", "name", "诸葛小亮"),
        ("李总，您好", "name", "李"),
    ],
)
def test_it_is_found(text: str, kind: str, value: str):
    assert (kind, value) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "订单号20240513123456789012",
        "订单编号：13800002071",
        "运单SF1380013800013",
        "JD13800002071",
        "一共13800002071元",
        "¥13800002071",
        "13800002071.55",
        "时间戳1715582030123",
        "150 200 180 45",
        "11010519491231002Y",
        "110105194912310021",
        "990105194912310021",
        "6222021234567890123",
        "65551234",
        "192.168.100.100",
        "KFR-35GW/N8XHA1",
        "全新A12345",
        "二零二六年五月十三号",
        "一二三四五六七八九",
        "云栖生活客服中心8017号为您服务",
        "网络2号线路3号口",
        "我在3号下午到的",
        "安装师傅明天来",
        "这位先生",
        "关于先生说的",
        "谢谢老师",
        "我是来投诉的",
        "我叫你们经理来",
        "您的姓名和证件后四位",
        "告诉我车型、车牌",
        "材料费师傅要先给您看价目表",
        "单号2609155939004666，收货的是我",
        "2609155939004668",
        "曾经理解过",
        "@所有人",
        "",
        "\x00\ud800",
    ],
)
def test_it_is_left_alone(text: str):
    assert kinds(text) == []


def test_a_longer_number_is_not_cut_out_of():
    assert kinds("6222 5024 0137 1007 292") == [("bank_card", "6222502401371007292")]


def test_several_in_one_sentence_come_in_order():
    found = kinds("我叫王小明，电话13800002071，住杭州市西湖区文三路259号，车牌浙A12345")
    assert [kind for kind, _ in found] == ["name", "mobile", "address", "plate"]


def test_the_checks_are_those_of_the_standards():
    assert check_character("11010519491231002") == "X"
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194913310021")
    assert has_luhn("79927398713")
    assert not has_luhn("79927398710")
