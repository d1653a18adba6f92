"""Would someone fall in?"""

from datetime import timedelta

from inspections.kind import AtMost, Item, Kind, Number, Severity, Sure

KIND = Kind(
    slug="manhole",
    title_zh="井盖",
    title_en="Manhole covers",
    asset=None,
    due_every=timedelta(days=60),
    items=(
        Item(
            code="JG-01",
            zh="井盖缺失、破损",
            en="Cover missing or broken",
            severity=Severity.DANGER,
            evidence_zh="全景和近景照片",
            evidence_en="wide + close photo",
            basis_zh="管理建议",
            basis_en="our proposal",
            sure=Sure.PROPOSAL,
        ),
        Item(
            code="JG-02",
            zh="井盖与路面高差(cm)",
            en="Step between cover and road (cm)",
            answer=Number("cm", 0, 100),
            rules=(AtMost(1.5),),
            severity=Severity.ORDINARY,
            evidence_zh="卷尺照片",
            evidence_en="tape photo",
            basis_zh="管理建议",
            basis_en="our proposal",
            sure=Sure.PROPOSAL,
        ),
    ),
)
