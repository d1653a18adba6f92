"""The notice of 2024 as data: every one of its 51 lines, held against its own words."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaign.models import Action, Indicator, Responsibility, Target
from people.models import Unit
from tests.campaign.notice import NOTICE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TEXT = Path(__file__).with_name("notice.txt").read_text(encoding="utf-8")
END = "by 2024-12-31"
MONTHS = "every month from 2024-11-07"

# What each is held to, and when; and the words of its own part of the notice on which that rests:
# the number and the day where the notice gives them.
TABLE = {
    "ZX00-G1": ("≥ 1 doc", "by 2024-11-10", "至2024年11月初,制发专项行动工作方案,召开工作推进会"),
    "ZX00-G2": ("no target set", "by 2024-11-30", "在11月底前群众满意度明显提升"),
    "ZX00-G3": ("≥ 15 %", END, "至2024年12月底", "信访投诉量下降15%以上"),
    "ZX00-G4": ("no target set", "from 2025-01-01", "自2025年起,持续推进小区物业管理长效机制建设"),
    "ZX00-R1": ("≥ 1 time", MONTHS, "每月公布督导检查结果"),
    "ZX00-R2": ("≥ 1 time", "regularly from 2024-11-07", "落实定期会商及联席会议制度"),
    "ZX01-M1": ("≥ 90 %", END, "年底前全街道相对成熟住宅小区的党组织组建率达90%"),
    "ZX01-M2": ("≥ 100 %", END, "年底前", "“三有”物业服务企业党组织覆盖率达到100%以上"),
    "ZX01-D1": ("≥ 1 task", "by 2024-11-15", "开展党员摸底排查(11月15日前完成)"),
    "ZX01-D2": ("≥ 1 task", "by 2024-12-15", "功能型小区党组织(12月15日前完成)"),
    "ZX01-D3": ("≥ 1 task", "by 2024-11-15", "物业服务企业党员摸底排查(11月15日前完成)"),
    "ZX01-D4": ("≥ 1 task", "once", "建立社区、小区物业党建联席会议制度和居民议事协商工作制度"),
    "ZX02-M1": ("≥ 60 %", END, "年底前全街道小区业委会组建率不低于60%"),
    "ZX02-M2": ("≥ 50 %", END, "年底前", "新组建(换届)的业委会成员50%以上为党员"),
    "ZX02-M3": ("= 100 %", END, "年底前", "实现小区业主自治组织100%覆盖"),
    "ZX02-D1": ("≥ 1 time", END, "年底评选、表彰一批履职规范、成效显著的业委会"),
    "ZX02-R1": ("≥ 1 time", "at times", "不定期组织开展业委会委员履职能力提升培训"),
    # Its day is that of the overall goal.
    "ZX03-M1": ("≥ 15 %", END, "街道物业管理信访投诉量下降15%以上"),
    "ZX03-M2": ("= 100 %", "all the time", "信访处置率达到100%"),
    "ZX03-R1": ("≥ 1 time", "regularly", "属地社区要定期组织", "召开物业管理联席会议"),
    "ZX03-R2": ("= 100 %", "case by case", "简单的问题当天收件、当天处置"),
    "ZX03-R3": ("= 100 %", "case by case", "复杂的问题当天做好解释,及时提请相关市直部门"),
    "ZX03-D1": ("= 100 %", "once", "在小区全面推广使用“晋江网格服务”小程序"),
    "ZX04-M1": ("= 100 %", "all the time", "重难点问题处置执法到位率100%"),
    "ZX04-R1": ("≥ 1 time", MONTHS, "每月开展一次联合执法"),
    "ZX04-R2": ("≥ 1 time", MONTHS, "各执法部门每月不少于1次下沉小区执法巡查"),
    "ZX04-D1": ("= 100 %", "once", "张贴公示执法部门“通讯录”"),
    "ZX05-M1": ("= 100 %", END, "推动物业服务事项公开公示100%", "12月底前落实问题整改"),
    "ZX05-M2": ("= 100 %", "all the time", "公共收益整治到位率100%", "常态化开展公共收益管理"),
    "ZX05-M3": ("= 100 %", "every month", "精细化考评覆盖率100%", "每月通报考评结果"),
    "ZX05-M4": ("= 100 %", "all the time", "考评不达标的企业限制其承接新项目100%"),
    "ZX05-D1": ("≥ 1 task", "by 2024-10-31", "2024年10月底前", "小区完成公示公开情况自查"),
    "ZX05-D2": ("≥ 1 task", END, "12月底前落实问题整改"),
    "ZX05-R1": ("≥ 1 time", "every month", "每月通报考评结果"),
    "ZX06-M1": ("≥ 25 %", END, "至2024年12月底完成25%的保安人员培训"),
    "ZX06-M2": ("= 100 %", "from 2025-01-01 by 2025-06-30", "2025年上半年实现培训100%覆盖"),
    "ZX06-M3": ("= 100 %", "once", "落实小区保安全员备案"),
    "ZX07-D1": ("≥ 1 time", "by 2024-10-31", "10月底前对小区出入口", "开展1次环境卫生大扫除"),
    "ZX07-R1": ("≥ 1 time", MONTHS, "每月开展不少于1次集中卫生大扫除"),
    "ZX07-M1": ("= 100 %", "all the time", "路灯照明正常使用"),
    "ZX07-M2": ("= 0 defect", "all the time", "路面无明显坑洼积水、公共设施无明显损坏"),
    "ZX07-M3": ("= 100 %", "all the time", "生活垃圾定点投放、及时清运"),
    "ZX08-M1": ("≥ 20 estate", END, "2024年底前完成20个的创建目标任务"),
    "ZX08-D1": ("≥ 1 task", "all the time", "督促物业服务企业开展物业服务区域安全隐患排查整治"),
    "ZX08-D2": (
        "= 100 %",
        "all the time",
        "委托有资质第三方机构开展电梯、消防系统等设施设备维护维保",
    ),
    "ZX08-D3": ("no target set", "once", "增补电动车集中停放充电等公共设施"),
    "ZX08-D4": ("no target set", "once", "消防设施损坏的小区完成设施设备的维修更新和改造"),
    "ZX09-M1": ("≥ 1 list", END, "年底前", "形成1份项目清单"),
    "ZX09-R1": ("≥ 1 list", MONTHS, "每个住宅小区每月至少公开1份需求清单"),
    "ZX09-R2": ("≥ 1 time", MONTHS, "至少组织1场“双报到”对接共建活动"),
    "ZX10-M1": ("≥ 1 project", END, "年底前,每个小区策划开展至少1个“微实事”项目"),
}
OFTEN = {
    "": "once",
    "monthly": "every month",
    "periodic": "regularly",
    "continuous": "all the time",
    "per_case": "case by case",
    "ad_hoc": "at times",
}


def part_of(code: str) -> str:
    """The part of the notice that speaks of this action."""
    number = int(code[2:4])
    if not number:
        return TEXT.partition("二、工作措施")[0] + TEXT.partition("三、组织保障")[2]
    measures = TEXT.partition("二、工作措施")[2].partition("三、组织保障")[0]
    numerals = "一二三四五六七八九十"
    after = measures.partition(f"\n({numerals[number - 1]})")[2]
    return after.partition(f"\n({numerals[number]})")[0] if number < 10 else after


def held_to(target: Target) -> str:
    if target.number is None:
        return "no target set"
    sign = {">=": "≥", "<=": "≤", "=": "="}[target.op]
    return f"{sign} {target.number.normalize():f} {target.indicator.unit}"


def when(indicator: Indicator, deadline: date | None) -> str:
    words = [OFTEN[indicator.recurrence]] if indicator.recurrence else []
    words += [f"from {indicator.since}"] if indicator.since else []
    words += [f"by {deadline}"] if deadline else []
    return " ".join(words) or OFTEN[""]


def test_all_51_lines_of_the_notice_load(notice):
    assert Action.objects.filter(programme=notice).count() == 11
    assert {each.code for each in Indicator.objects.all()} == set(TABLE)
    assert len(TABLE) == 51
    assert Target.objects.filter(holds_from=date(2024, 11, 7), by=None).count() == 51


@pytest.mark.parametrize("code", TABLE)
def test_each_line_is_what_the_notice_says(notice, code):
    held, day, *words = TABLE[code]
    indicator = Indicator.objects.select_related("action").get(code=code)
    target = indicator.targets.get()
    assert (held_to(target), when(indicator, target.deadline)) == (held, day)
    assert indicator.action.code == code[:4]
    assert [each for each in words if each not in part_of(code)] == []


def test_each_number_stands_in_the_words_of_the_notice_or_is_said_to_be_our_reading(notice):
    ours = set()
    for code, (held, _day, *words) in TABLE.items():
        number = held.split()[1] if held != "no target set" else None
        if number in {None, "1"} or any(number in each for each in words):
            continue
        ours.add(code)
    # 全面推广, 全员, 公示 and what is asked in words alone.
    assert ours == {
        "ZX03-R2", "ZX03-R3", "ZX03-D1", "ZX04-D1", "ZX06-M3",
        "ZX07-M1", "ZX07-M2", "ZX07-M3", "ZX08-D2",
    }  # fmt: skip


def test_lead_and_responsible_units_are_those_that_the_notice_names(notice):
    for action in Action.objects.exclude(code="ZX00"):
        part = part_of(action.code)
        told = {"lead": "牵头单位:", "responsible": "责任单位:"}
        for name, words in told.items():
            line = part.partition(words)[2].partition("\n")[0]
            rows = action.responsibilities.filter(part=name).values_list("named", flat=True)
            assert list(rows) == line.split("、"), action.code
    everyone = Responsibility.objects.filter(whom="communities")
    assert set(everyone.values_list("named", flat=True)) == {"各社区"}


def test_loading_again_changes_nothing(notice, capsys):
    before = list(Target.objects.values())
    call_command("load_actions")
    assert capsys.readouterr().out == "0 programmes, 0 actions, 0 indicators loaded.\n"
    assert list(Target.objects.values()) == before
    assert Indicator.events.rel.related_model.objects.count() == 51


def test_what_the_office_changed_stays_and_is_named(notice, capsys):
    Indicator.objects.filter(code="ZX10-M1").update(zh="每小区一个微实事")
    call_command("load_actions")
    assert capsys.readouterr().out.splitlines() == [
        "The register says otherwise, and stays:"
        " ZX10-M1, zh: 每小区一个微实事; the file: 每个小区“微实事”项目",
        "0 programmes, 0 actions, 0 indicators loaded.",
    ]
    assert Indicator.objects.get(code="ZX10-M1").zh == "每小区一个微实事"


def test_a_unit_that_comes_into_the_register_answers_for_what_the_notice_names_it_for(notice):
    rows = Responsibility.objects.filter(unit__isnull=False)
    assert not rows.exists()
    Unit.objects.create(name="党建办")
    call_command("load_actions")
    assert set(rows.filter(part="lead").values_list("action__code", flat=True)) == {"ZX01", "ZX09"}
    # The working group sits with this unit, as the file says.
    Unit.objects.create(name="社区发展办")
    call_command("load_actions")
    led = rows.filter(part="lead", unit__name="社区发展办")
    assert set(led.values_list("action__code", flat=True)) == {"ZX00", "ZX05", "ZX08", "ZX10"}


# ── other notices, other years ──────────────────────────────────────────────────────────────────


def a_file(path: Path, columns: str, *lines: str) -> Path:
    path.write_text("\n".join([columns, *lines]) + "\n", encoding="utf-8")
    return path


ACTIONS = "programme,action,zh,en,lead,responsible"
INDICATORS = (
    "programme,action,indicator,zh,en,metric,unit,level,recurrence,since,op,target,deadline,"
    "note_zh,note_en"
)


def test_an_eleventh_action_is_data_only(notice, tmp_path):
    files = [
        a_file(
            tmp_path / "indicators.csv",
            INDICATORS,
            f"{NOTICE},ZX11,ZX11-M1,儿童活动场地,Playgrounds,playgrounds,%,estate,,,>=,80,"
            "2025-06-30,,",
        ),
        a_file(tmp_path / "actions.csv", ACTIONS, f"{NOTICE},ZX11,儿童友好,Children,党建办,各社区"),
    ]
    call_command("load_actions", *files)
    target = Target.objects.select_related("indicator").get(indicator__code="ZX11-M1")
    assert (held_to(target), target.holds_from) == ("≥ 80 %", date(2024, 11, 7))
    assert Action.objects.filter(programme=notice).count() == 11 + 1


def test_a_programme_of_2025_is_data_only(notice, tmp_path):
    files = [
        a_file(
            tmp_path / "2025.csv",
            "programme,year,issued_on,zh,en",
            "晋政青〔2025〕9号,2025,2025-02-10,长效机制,Lasting mechanism",
        ),
        a_file(
            tmp_path / "actions.csv", ACTIONS, "晋政青〔2025〕9号,ZX08,安全防范,Safety,社区发展办,"
        ),
        a_file(
            tmp_path / "indicators.csv",
            INDICATORS,
            "晋政青〔2025〕9号,ZX08,ZX08-M1,标准化创建,Standardisation,safety_std_estates,estate,"
            "subdistrict,,,>=,30,2025-12-31,,",
        ),
    ]
    call_command("load_actions", *files)
    both = Indicator.objects.filter(code="ZX08-M1").order_by("action__programme__year")
    assert [held_to(each.targets.get()) for each in both] == ["≥ 20 estate", "≥ 30 estate"]


def test_every_wrong_cell_of_a_file_is_named_and_nothing_is_loaded(notice, tmp_path):
    file = a_file(
        tmp_path / "wrong.csv",
        INDICATORS,
        f"{NOTICE},ZX10,ZX10-M2,甲,A,micro_projects,个,estate,,,>=,1,2025-01-01,,",
        f"{NOTICE},ZX10,ZX10-M3,乙,B,micro_projects,个,street,weekly,,>=,many,2025-13-01,,",
        f"{NOTICE},ZX99,ZX99-M1,丙,C,micro_projects,个,estate,,,>=,1,,,",
        f"{NOTICE},ZX10,ZX10-M4,丁,D,micro_projects,个,estate,,,,1,,,",
        f"{NOTICE},ZX10,,戊,E,Micro Projects,个,estate,,,,,,,",
    )
    with pytest.raises(CommandError) as refused:
        call_command("load_actions", file)
    assert str(refused.value).splitlines()[1:] == [
        "wrong.csv: line 3: level must be one of subdistrict, community, company, estate",
        "wrong.csv: line 3: recurrence must be one of monthly, periodic, continuous, per_case,"
        " ad_hoc",
        "wrong.csv: line 3: target must be a number",
        "wrong.csv: line 3: deadline must be a date such as 2024-11-30",
        f"wrong.csv: line 4: programme {NOTICE} has no action ZX99",
        "wrong.csv: line 5: target and op go together",
        "wrong.csv: line 6: indicator is needed",
        "wrong.csv: line 6: metric must be small letters, numbers and _",
    ]
    assert not Indicator.objects.filter(code__startswith="ZX10-M").exclude(code="ZX10-M1").exists()
