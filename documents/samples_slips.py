"""Invented data for credit reports, result slips and certificates: no such enterprise, act or number exists."""

from typing import Any

from workflow.words import Paper

ASKED: dict[str, Any] = {
    "case_number": None, "asked_by": "样例银行鄂托克前旗支行", "purpose": "金融机构信贷审查",
    "stated_at": "2026-11-23T02:30:00+00:00",
    "disclaimer": "本文书只反映出具时刻平台归集的信息，出具后可能变化，以扫码核验的现行状态为准。",
}  # fmt: skip
LEGEND = ["▲异议处理中：信用主体已提出异议，正在核查，请慎重使用。", "△信用修复办理中：信用主体已申请信用修复。"]
SLIPS: dict[Paper, dict[str, Any]] = {
    Paper.D25: {
        **ASKED, "number": "鄂前信报〔2026〕12号", "legend": LEGEND,
        "subject": [{"title": "名称", "value": "鄂托克前旗样例商贸有限公司"},
                    {"title": "统一社会信用代码", "value": "91150623MA0P123428"},
                    {"title": "主体类型", "value": "企业法人"}],
        "summary": [{"title": "行政处罚", "value": "1条，其中1条异议处理中"}, {"title": "行政许可", "value": "1条"}],
        "sections": [
            {"category": "行政处罚", "entries": [{
                "title": "鄂前市监罚字〔2025〕36号", "marks": ["▲异议处理中"],
                "rows": [{"title": "认定单位", "value": "鄂托克前旗市场监督管理局"},
                         {"title": "决定日期", "value": "2025年8月8日"},
                         {"title": "违法事实", "value": "未按照规定保存进货查验记录。"},
                         {"title": "罚款金额（万元）", "value": "0.200000"}],
                "beside": ["信用主体声明：罚款已于2025年8月20日缴清，凭证已提交。"]}]},
            {"category": "行政许可", "entries": [{
                "title": "鄂前市监许可〔2024〕5号", "marks": [],
                "rows": [{"title": "认定单位", "value": "鄂托克前旗市场监督管理局"},
                         {"title": "许可内容", "value": "食品经营"}],
                "beside": []}]},
        ],
    },
    Paper.D25S: {
        **ASKED, "number": "鄂前信证〔2026〕7号", "subject_name": "鄂托克前旗样例商贸有限公司",
        "subject_code": "91150623MA0P123428", "record": "行政处罚（鄂前市监罚字〔2025〕36号）",
        "authority": "鄂托克前旗市场监督管理局", "standing": "公示中，异议处理中",
        "details": ["该记录现为第2版，公示截止期为2026年8月8日。", "信用主体已提出异议，正在核查。"],
    },
    Paper.D28: {
        "case_number": None, "number": "鄂前信展〔2027〕1号", "addressee": "旗社会信用体系建设领导小组",
        "period": "2026年下半年（6月至12月）", "cutoff_at": "2026-12-31T16:00:00+00:00",
        "summary": [{"title": "信用核查（户次）", "value": "214"}, {"title": "报送并入库记录（条）", "value": "1630"}],
        "units": [{"name": "鄂托克前旗市场监督管理局", "state": "已报送", "figures": "信用核查（户次）120"},
                  {"name": "样例镇人民政府", "state": "零报告", "figures": "无"}],
        "missing": "各单位均已报送。", "work": "各单位在行政许可、政府采购等事项中开展信用核查。",
        "problems": "个别单位报送不及时。", "plans": "加强督促，按季通报。", "signatory": "巴特尔（样例）",
    },
    Paper.D26: {
        **ASKED, "number": "鄂前信核〔2026〕31号", "asking_unit": "信贷管理部", "matter": "2026年第四季度小微企业授信",
        "consent": "已提供", "legend": LEGEND, "omitted": None,
        "summary": [{"title": "核查主体", "value": "3户"}, {"title": "查到记录", "value": "1户2条"}],
        "lines": [
            {"row": 1, "name": "鄂托克前旗样例商贸有限公司", "code": "91150623MA0P123428", "verdict": "已查到",
             "hits": "行政处罚1条（▲异议处理中1条）；行政许可1条"},
            {"row": 2, "name": "样例合作社", "code": "93150623MA0R90123C", "verdict": "已查到", "hits": "无记录"},
            {"row": 3, "name": "样例养殖场", "code": "91150623MA0P123429", "verdict": "代码有误", "hits": "未核查"},
        ],
    },
}  # fmt: skip
