"""公示: the publication life-cycle of a record (domain.md §9.4). Only signed decisions, sources and dates move it."""

from workflow.flow import Flow, State, Step
from workflow.words import Role

DH, PUB, CLOCK, SYSTEM = Role.DH, Role.PUB, Role.CLOCK, Role.SYSTEM

# fmt: off
STATES = (
    #      state           shown as                                     held by
    State("imported",      "已导入",     "Imported",                    (SYSTEM,)),
    State("staged",        "待发布",     "Staged",                      (DH, PUB)),
    State("published",     "公示中",     "Published",                   (PUB,)),
    State("internal_only", "仅内部共享", "Internal only",               (PUB,)),
    State("suspended",     "暂停公示",   "Publication suspended",       (PUB,)),
    State("archived",      "已停止公示", "Archived",                    resting=True),
    State("withdrawn",     "已撤回",     "Withdrawn",                   resting=True),
    State("deleted",       "已删除",     "Deleted",                     resting=True),
    State("rejected",      "未入库",     "Rejected"),
)

STEPS = (
    #     step                button                                    from                                           to               by
    Step("validate_ok",       "校验通过",     "Validated",              "imported",                                    "staged",        (SYSTEM,)),
    Step("validate_fail",     "校验不通过",   "Failed validation",      "imported",                                    "rejected",      (SYSTEM,)),
    Step("publish",           "发布",         "Publish",                "staged",                                      "published",     (DH, PUB, SYSTEM)),
    Step("keep_internal",     "仅内部共享",   "Keep internal",          "staged",                                      "internal_only", (DH, PUB, SYSTEM)),
    Step("archive_overage",   "超期转存档",   "Archive: over age",      "staged",                                      "archived",      (DH, PUB, SYSTEM)),
    Step("suspend_by_order",  "依令暂停公示", "Suspend by order",       "published",                                   "suspended",     (SYSTEM, PUB)),
    Step("resume",            "恢复公示",     "Resume publication",     "suspended",                                   "published",     (SYSTEM, PUB)),
    Step("correct",           "更正",         "Correct",                "published internal_only suspended archived",  "=",             (SYSTEM, PUB)),
    Step("restrict",          "转内部共享",   "Restrict to internal",   "published suspended",                         "internal_only", (SYSTEM, PUB)),
    Step("stop",              "停止公示",     "Stop publication",       "published internal_only suspended",           "archived",      (SYSTEM, CLOCK, PUB)),
    Step("withdraw",          "撤回",         "Withdraw",               "published internal_only suspended archived",  "withdrawn",     (SYSTEM, PUB)),
    Step("reinstate",         "恢复公示",     "Reinstate",              "archived",                                    "published",     (SYSTEM, PUB)),
    Step("restore",           "恢复原状",     "Restore",                "internal_only archived withdrawn deleted",     "published",     (SYSTEM,)),
    Step("restore_internal",  "恢复内部共享", "Restore for inside use", "archived withdrawn deleted",                  "internal_only", (SYSTEM,)),
    Step("delete_soft",       "删除",         "Delete",                 "published internal_only suspended archived",  "deleted",       (SYSTEM, PUB)),
)
# fmt: on

PUBLICATION = Flow("record", "记录公示", "Publication of a record", "", STATES, STEPS)
PUBLIC = "published"
