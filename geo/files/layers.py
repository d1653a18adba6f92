"""The layers that go in and out as files. A new layer is one entry at the end of this file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from geo.errors import LayerUnknown
from geo.files.columns import Column
from geo.files.described import AREA, AREAS, LINE, LINES, POINT, Layer, Parent
from geo.models import (
    Asset,
    Building,
    Community,
    Estate,
    ExcludedArea,
    Exit,
    Gate,
    PropertyCompany,
    Road,
    SensitivePlace,
    Survey,
)


def _company(values: dict[str, Any], parents: Mapping[str, int | None], before: Any) -> str:
    """A named company is a company."""
    if parents["company"] is not None:
        if values.setdefault("has_company", True) is False:
            return gettext("It names a property company and says it has none.")
    elif values.get("has_company") is False and before and before["company_id"]:
        return gettext("It says it has no property company; the register names one.")
    return ""


def layer(slug: str) -> Layer:
    if slug not in LAYERS:
        raise LayerUnknown(name=slug, names=", ".join(LAYERS))
    return LAYERS[slug]


_COMMUNITY = Parent(
    "community",
    Community,
    ("社区", "所属社区", "社区名称", "所在社区", "居委会"),
    ("社区编码", "社区代码", "社区编号"),
    by_place=True,
    endings=("社区居民委员会", "社区居委会", "居委会", "社区"),
)
_ESTATE = Parent(
    "estate",
    Estate,
    ("小区", "小区名称", "所属小区", "所在小区", "住宅小区"),
    ("小区编码", "小区编号", "小区代码"),
    within="community",
    by_place=True,
)
_NAME = ("名称", "名字")
_SOURCE = (
    Column("unconfirmed", ("形状待确认", "待确认", "形状未确认")),
    Column("src_datum", ("来源坐标系",)),
    Column("src_file", ("来源文件",)),
)
_OWNER_WORDS = {
    "业主": "owners",
    "小区": "owners",
    "物业": "owners",
    "市政": "city",
    "政府": "city",
}
_OWNER_WORDS |= {"其他": "other", "不详": "unknown", "未知": "unknown"}
_KIND_WORDS = {"幼儿园": "kindergarten", "托儿所": "kindergarten", "学校": "school"}
_KIND_WORDS |= {"养老院": "care_home", "养老机构": "care_home", "敬老院": "care_home"}
_KIND_WORDS |= {"病房": "ward", "医院": "ward", "医院病房": "ward"}
_OPEN_WORDS = {"所有人": "all", "开放": "all", "业主": "residents", "居民": "residents"}
_OPEN_WORDS |= {"关闭": "closed", "封闭": "closed", "不开放": "closed"}
_LAYER_WORDS = {"消防车通道": "lanes", "登高操作场地": "operation_areas", "建筑": "buildings"}
_LAYER_WORDS |= {"楼栋": "buildings", "出口": "exits", "消火栓": "hydrants", "大门": "gates"}
_LAYER_WORDS |= {"敏感场所": "sensitive_places", "步行道": "paths", "道路": "paths"}
_STATUS_WORDS = {"规划": "planned", "拟建": "planned", "已建": "built", "建成": "built"}
_STATUS_WORDS |= {"在用": "in_use", "使用中": "in_use", "投用": "in_use"}


def _assets(
    slug: str,
    type_: str,
    title: str | Promise,
    types: tuple[str, ...],
    called: str,
    *more: Column,
) -> Layer:
    """A layer of assets of one type; `called` is what it is in Chinese headers."""
    return Layer(
        slug=slug,
        title=title,
        model=Asset,
        parents=(_COMMUNITY, _ESTATE),
        columns=(
            Column("code", ("编号", "编码", "代码", f"{called}编号", "杆号", "灯杆编号")),
            Column("name", ("名称", f"{called}名称", "名字")),
            Column("owner", ("权属", "权属单位", "管养单位", "维护单位"), _OWNER_WORDS),
            *more,
            *_SOURCE,
        ),
        keys=(("community", "estate", "code"), ("community", "estate", "name")),
        unique=(("estate", "code"),),
        types=types,
        fixed={"type": type_},
    )


LAYERS: dict[str, Layer] = {
    one.slug: one
    for one in (
        Layer(
            slug="communities",
            title=_("communities"),
            model=Community,
            columns=(
                Column(
                    "code", ("社区编码", "社区代码", "统计代码", "区划代码", "编码", "代码", "编号")
                ),
                Column("name", ("社区名称", "社区", *_NAME)),
                Column("name_en", ("英文名称", "英文名")),
                Column("provisional", ("待核定", "暂定")),
                Column("note", ("备注", "说明")),
                *_SOURCE,
            ),
            keys=(("code",), ("name",)),
            unique=(("code",), ("name",)),
            types=AREAS,
        ),
        Layer(
            slug="companies",
            title=_("property companies"),
            model=PropertyCompany,
            columns=(
                Column("credit_code", ("统一社会信用代码", "信用代码", "code", "编码", "代码")),
                Column(
                    "name", ("企业名称", "公司名称", "物业公司", "物业服务企业", "单位名称", *_NAME)
                ),
                Column("contact", ("联系人", "负责人", "项目经理")),
                Column("phone", ("联系电话", "电话", "手机")),
            ),
            keys=(("credit_code",), ("name",)),
            unique=(("credit_code",), ("name",)),
        ),
        Layer(
            slug="estates",
            title=_("estates"),
            model=Estate,
            parents=(
                _COMMUNITY,
                Parent(
                    "company",
                    PropertyCompany,
                    ("物业公司", "物业企业", "物业服务企业", "物业公司名称", "物业单位"),
                    ("统一社会信用代码", "信用代码", "物业公司信用代码"),
                    code_field="credit_code",
                ),
            ),
            columns=(
                Column("code", ("小区编码", "小区编号", "小区代码", "编码", "编号", "代码")),
                Column("name", ("小区名称", "小区", "住宅小区", "小区名", *_NAME)),
                Column("address", ("地址", "小区地址", "详细地址", "坐落")),
                Column("has_company", ("有无物业", "有物业", "是否有物业", "是否有物业公司")),
                Column("households", ("户数", "总户数", "住户数", "户")),
                Column(
                    "ebikes", ("电动自行车数", "电动车数", "电动自行车数量", "电动车数量", "电动车")
                ),
                Column(
                    "height_class",
                    ("高度类别", "建筑高度类别", "楼宇类型", "建筑类型"),
                    {"高层": "high", "多层": "low", "低层": "low", "混合": "mixed"}
                    | {"高层和多层": "mixed", "不详": "unknown", "未知": "unknown"},
                ),
                Column("target_year", ("创建年度", "标准化创建年度", "目标年度", "创建年份")),
                *_SOURCE,
            ),
            keys=(("code",), ("community", "name")),
            unique=(("code",), ("community", "name")),
            types=AREAS,
            known_by_name=True,
            point_will_do=True,
            rule=_company,
        ),
        Layer(
            slug="buildings",
            title=_("buildings"),
            model=Building,
            parents=(_COMMUNITY, _ESTATE),
            columns=(
                Column(
                    "number", ("楼号", "楼栋", "栋号", "楼栋号", "幢号", "楼栋名称", "name", *_NAME)
                ),
                Column("floors", ("层数", "楼层", "楼层数", "总层数"), least=1),
                Column("height_m", ("高度", "建筑高度", "楼高", "height"), least=0.01),
                Column("households", ("户数", "总户数", "住户数")),
                *_SOURCE,
            ),
            keys=(("estate", "number"),),
            unique=(("estate", "number"),),
            types=AREAS,
        ),
        Layer(
            slug="exits",
            title=_("exits"),
            model=Exit,
            parents=(
                replace(_COMMUNITY, path="building__estate__community", by_place=False),
                replace(_ESTATE, path="building__estate", by_place=False),
                Parent(
                    "building",
                    Building,
                    ("楼号", "楼栋", "栋号", "楼栋号", "幢号"),
                    code_field=None,
                    name_field="number",
                    within="estate",
                ),
            ),
            columns=(Column("name", ("出口名称", "出口", "单元", "单元门", *_NAME)), *_SOURCE),
            keys=(("building", "name"),),
            types=POINT,
        ),
        _assets(
            "lanes",
            "lane",
            _("fire lanes"),
            LINE,
            "消防车通道",
            Column("width_m", ("净宽", "宽度", "实测净宽", "净宽度", "width"), least=0),
        ),
        _assets("lights", "light", _("lights"), POINT, "路灯"),
        _assets(
            "charging_sites",
            "charging_site",
            _("charging sites"),
            (*POINT, *AREA),
            "充电点",
            Column("status", ("状态", "建设状态"), _STATUS_WORDS),
            Column("ports", ("充电口数", "充电端口数", "端口数", "插座数")),
            Column("bays", ("车位数", "停车位数", "泊位数")),
            Column("indoor", ("室内", "是否室内")),
        ),
        _assets("hydrants", "hydrant", _("hydrants"), POINT, "消火栓"),
        _assets(
            "operation_areas", "operation_area", _("aerial-operation areas"), AREA, "登高操作场地"
        ),
        _assets("vacant_spaces", "vacant_space", _("vacant spaces"), AREA, "闲置空间"),
        Layer(
            slug="excluded_areas",
            title=_("excluded areas"),
            model=ExcludedArea,
            columns=(
                Column("name", ("名称", "区域名称", "名字")),
                Column("reason", ("原因", "理由", "备注")),
                *_SOURCE,
            ),
            keys=(("name",),),
            types=AREAS,
        ),
        Layer(
            slug="roads",
            title=_("roads"),
            model=Road,
            columns=(
                Column("name", ("道路名称", "路名", *_NAME)),
                Column("rank", ("等级", "道路等级"), least=1),
                *_SOURCE,
            ),
            keys=(("name",),),
            types=LINES,
        ),
        Layer(
            slug="sensitive_places",
            title=_("sensitive places"),
            model=SensitivePlace,
            columns=(
                Column("kind", ("类别", "类型", "场所类别"), _KIND_WORDS),
                Column("name", ("场所名称", "单位名称", *_NAME)),
                *_SOURCE,
            ),
            keys=(("name",),),
            types=(*POINT, *AREA),
        ),
        Layer(
            slug="gates",
            title=_("gates"),
            model=Gate,
            parents=(_COMMUNITY, _ESTATE),
            columns=(
                Column("name", ("出入口名称", "大门", "门", *_NAME)),
                Column("open_to", ("开放对象", "通行", "通行对象"), _OPEN_WORDS),
                *_SOURCE,
            ),
            keys=(("estate", "name"),),
            types=POINT,
        ),
        Layer(
            slug="surveys",
            title=_("complete layers of estates"),
            model=Survey,
            parents=(replace(_COMMUNITY, by_place=False), replace(_ESTATE, by_place=False)),
            columns=(
                Column("layer", ("图层", "图层名称"), _LAYER_WORDS),
                Column("on", ("核查日期", "调查日期", "日期")),
                Column("by", ("核查人", "调查人")),
            ),
            keys=(("estate", "layer"),),
            unique=(("estate", "layer"),),
        ),
    )
}
