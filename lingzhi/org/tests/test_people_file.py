import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.accounts.models import Session, User
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.people_file import PersonRow
from lingzhi.org.people_words import clean_path, date_of, role_of, skills_of
from lingzhi.org.queries import person_by_identity, team_of
from lingzhi.org.services import FileHasProblems, add_identity, check_people, import_people

UPLOAD, CHECK = reverse("org:people_file"), reverse("org:people_check")
CONFIRM = reverse("org:people_confirm")
HEADING = ["工号", "姓名", "班组", "角色", "入职日期", "技能", "邮箱", "分机"]
NEW = [5001, "代宁", "一组", "客服", date(2024, 3, 1), "粤语, 英语", "dai@example.com", 8001.0]


def workbook(*rows, heading=HEADING) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (heading, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("people.xlsx", target.getvalue())


def uploaded(client, file, **fields):
    return client.post(UPLOAD, {"file": file, **fields})


def row(number=1, staff_no="5001", name="代宁", team="一组", **cells) -> PersonRow:
    return PersonRow(number, staff_no, name, team, **cells)


def fields_of(summary) -> list[tuple[int, str]]:
    return [(problem.row, problem.field) for problem in summary.problems]


def test_upload_check_confirm(as_, cast):
    client = as_(cast.sol)
    assert uploaded(client, workbook(NEW))["Location"] == CHECK
    page = client.get(CHECK)
    assert page.context["summary"].created == ["5001"]
    assert not User.objects.filter(staff_no="5001").exists()
    assert client.post(CONFIRM).status_code == 302
    dai = User.objects.get(staff_no="5001")
    assert (dai.name, dai.hired_on, dai.roles) == ("代宁", date(2024, 3, 1), {"employee", "agent"})
    assert team_of(dai, date(2024, 3, 1)) == cast.first
    assert person_by_identity("extension", "8001", today()) == dai
    assert set(dai.skills.values_list("name", flat=True)) == {"粤语", "英语"}
    entry = Entry.objects.get(action="org.people_imported")
    assert (entry.after["created"], len(entry.after["sha256"])) == (1, 64)


def test_a_second_confirmation_finds_nothing(as_, cast):
    client = as_(cast.sol)
    uploaded(client, workbook(NEW))
    client.post(CONFIRM)
    assert client.post(CONFIRM)["Location"] == UPLOAD


def test_bad_rows_are_named_and_stop_the_whole_file(as_, cast):
    bad = [
        ["50 02", "错号", "一组"],
        [5003, "", "一组"],
        [5004, "错组", "九组"],
        [5005, "错日", "一组", "", "2024-13-01"],
        [5006, "错角色", "一组", "皇帝"],
    ]
    client = as_(cast.sol)
    uploaded(client, workbook(NEW, *bad))
    page = client.get(CHECK)
    assert fields_of(page.context["summary"]) == [
        (3, "staff_no"),
        (4, "name"),
        (5, "team"),
        (6, "hired_on"),
        (7, "role"),
    ]
    assert client.post(CONFIRM).status_code == 409
    assert not User.objects.filter(staff_no="5001").exists()


def test_the_waiting_rows_are_not_readable_in_the_session(as_, cast):
    client = as_(cast.sol)
    uploaded(client, workbook(NEW))
    stored = Session.objects.get(person=cast.sol).get_decoded()
    assert "代宁" not in str(stored)


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("people.xlsx", b"not a workbook"),
        SimpleUploadedFile("people.pdf", b"%PDF-1.7"),
        SimpleUploadedFile("people.csv", b"a,b\n1,2\n"),
        SimpleUploadedFile("people.csv", "工号,姓名,班组\n".encode()),
        SimpleUploadedFile("people.csv", b""),
    ],
)
def test_a_file_that_is_none_comes_back(as_, cast, file):
    assert uploaded(as_(cast.sol), file).status_code == 422


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_chinese_encoding_is_read(as_, cast, encoding):
    text = "员工编号,姓名,部门\n5001,代宁,二组\n"
    client = as_(cast.sol)
    uploaded(client, SimpleUploadedFile("people.csv", text.encode(encoding)))
    client.post(CONFIRM)
    assert team_of(User.objects.get(staff_no="5001"), today()) == cast.second


def test_known_people_are_brought_up_to_date(cast):
    rows = [
        row(1, "1002", "Bo", "二组"),  # moves
        row(2, "1003", "Bea Wang", "一组"),  # changes
        row(3, "2002", "Chen", "二组"),  # stays
    ]
    summary = import_people(rows, by=cast.sol)
    assert (summary.moved, summary.changed, summary.unchanged) == (["1002"], ["1003"], ["2002"])
    assert team_of(cast.bo, today()) == cast.second
    assert team_of(cast.bo, today() - timedelta(days=1)) == cast.first


def test_the_same_file_twice_changes_nothing(cast):
    rows = [row(skills="粤语", extension="8001", hired_on="2024-03-01")]
    import_people(rows, by=cast.sol)
    assert import_people(rows, by=cast.sol).unchanged == ["5001"]


def test_an_empty_cell_changes_nothing(cast):
    import_people([row(skills="粤语", hired_on="2024-03-01")], by=cast.sol)
    import_people([row()], by=cast.sol)
    dai = User.objects.get(staff_no="5001")
    assert dai.hired_on == date(2024, 3, 1)
    assert dai.skills.count() == 1


def test_an_extension_passes_on(cast):
    earlier = today() - timedelta(days=9)
    add_identity(cast.bo, kind="extension", value="8001", from_on=earlier, by=cast.sol)
    import_people([row(extension="8001")], by=cast.sol)
    assert person_by_identity("extension", "8001", today() - timedelta(days=1)) == cast.bo
    assert person_by_identity("extension", "8001", today()).staff_no == "5001"


def test_teams_are_made_where_that_is_wanted(cast):
    rows = [row(1, "5001", team="三组"), row(2, "5002", team="热线中心/贵宾部/四组")]
    assert fields_of(check_people(rows, by=cast.sol)) == [(1, "team"), (2, "team")]
    summary = import_people(rows, by=cast.sol, make_units=True)
    assert summary.units == ["三组", "热线中心/贵宾部", "热线中心/贵宾部/四组"]
    assert Unit.objects.get(name="三组").parent == cast.hotline
    assert Unit.objects.get(name="四组").parent.name == "贵宾部"


def test_a_name_two_units_share_needs_its_path(cast):
    from lingzhi.org.services import create_unit

    other = create_unit(kind="centre", name="线上中心", code="online", parent=cast.company, by=None)
    create_unit(kind="team", name="一组", code="online-1", parent=other, by=None)
    assert fields_of(check_people([row(team="一组")], by=cast.sol)) == [(1, "team")]
    assert check_people([row(team="线上中心 > 一组")], by=cast.sol).created == ["5001"]
    assert check_people([row(team="online-1")], by=cast.sol).created == ["5001"]


def test_wide_roles_are_the_security_administrators(cast):
    leader = [row(role="班组长")]
    assert fields_of(check_people(leader, by=cast.sol)) == [(1, "role")]
    assert check_people(leader, by=cast.sam).created == ["5001"]


def test_nobody_enters_themselves_or_the_inactive(cast):
    cast.bo.is_active = False
    cast.bo.save()
    rows = [row(1, "9001", "Sol"), row(2, "1002", "Bo")]
    assert fields_of(check_people(rows, by=cast.sol)) == [(1, "staff_no"), (2, "staff_no")]


def test_a_number_stands_in_the_file_once(cast):
    rows = [row(1, "a1"), row(2, "A1")]
    assert fields_of(check_people(rows, by=cast.sol)) == [(1, "staff_no"), (2, "staff_no")]
    with pytest.raises(FileHasProblems):
        import_people(rows, by=cast.sol)


def test_the_template_can_be_filled_and_read(as_, cast):
    client = as_(cast.sol)
    response = client.get(reverse("org:people_template"))
    file = SimpleUploadedFile("people.xlsx", response.content)
    assert uploaded(client, file, make_units="on")["Location"] == CHECK
    assert fields_of(client.get(CHECK).context["summary"]) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024/3/1", date(2024, 3, 1)),
        ("2024年3月1日", date(2024, 3, 1)),
        ("2024.03.01", date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1)),
        ("2024-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert date_of(text) == day


def test_roles_are_read_in_any_language():
    assert role_of("team_leader") == role_of("Team leader") == "team_leader"
    assert role_of("") == "agent"
    assert role_of("皇帝") is None


def test_paths_and_skills_are_read_with_any_separator():
    assert clean_path(" 热线中心 > 一组 ") == clean_path("热线中心/一组") == "热线中心/一组"
    assert skills_of("粤语，英语、粤语; 日语") == ["粤语", "英语", "日语"]


def test_an_english_reader_is_told_english_columns(as_, cast):
    client = as_(cast.sol)
    client.cookies["lz_language"] = "en"
    content = client.get("/people/file/").content.decode()
    assert "Hired on" in content
    assert "工号" not in content
