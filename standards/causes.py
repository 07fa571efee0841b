"""Why a record was wrong, in codes that can be counted; the office's own list, shown as a default of the system."""

from standards.words import T, Text

CAUSES: dict[str, Text] = {
    "C01": T("录入错误", "Entered wrongly"),
    "C02": T("信息遗漏或未及时更新", "Something missing or not updated in time"),
    "C03": T("主体关联错误", "Tied to the wrong subject"),
    "C04": T("重复报送", "Sent twice"),
    "C05": T("超期公示或不应公示", "Published too long, or should not be published"),
    "C06": T("原决定撤销、变更未同步", "The act was revoked or changed, and nobody told us"),
    "C07": T("系统对接或数据转换错误", "An interface or a conversion went wrong"),
    "C09": T("其他", "Something else"),
}
MEASURES: dict[str, Text] = {
    "corrected": T("已在源头更正", "Corrected at the source"),
    "measure": T("已采取防范措施", "A measure was taken so that it does not come back"),
    "both": T("已更正并采取防范措施", "Corrected, and a measure was taken"),
}
BY_RESULT = {"O3_supplement": "C02", "O4_stop_overdue": "C05", "O6_merge": "C04", "O7_withdraw": "C05",
             "O8_source_revoked": "C06"}  # fmt: skip
BY_GROUND = {"G02": "C02", "G04": "C05", "G05": "C05", "G06": "C04", "G07": "C07", "G09": "C06", "G10": "C03"}


def suggested(result: str, ground: str) -> str:
    """The cause that a decided point suggests; the source may find another."""
    return BY_RESULT.get(result) or BY_GROUND.get(ground, "C01")
