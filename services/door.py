"""Which door is the right one, by three plain questions and the number of a penalty decision (N17)."""

import datetime as dt
from dataclasses import dataclass

from services import advice
from services.advice import Advice
from services.records import Shown
from standards.words import T, Text


@dataclass(frozen=True, slots=True)
class Door:
    """The answer: its title and sentence, whether the two papers are wanted, and which form comes next."""

    kind: str  # complaint, objection, repair, wait, route, nothing
    title: Text
    text: Text
    papers: bool = False


COMPLAINT = Door("complaint", T("走投诉", "Complain"),
                 T("办事作风、信息泄露、违规查询、乱收费等问题，请提出投诉，可以匿名。",
                   "Conduct, leaks, unlawful queries, fees: complain; you may stay anonymous."))  # fmt: skip
OBJECTION = Door("objection", T("走异议", "Object"),
                 T("记录与事实、与决定书不一致的，请提出异议；受理后记录即加注“异议处理中”。",
                   "Where the record is wrong, object; from acceptance it is marked as disputed."))  # fmt: skip
BY_DOOR = {
    "repair": Door("repair", T("走信用修复", "Ask for a repair"),
                   T("记录没有错、义务已经履行的，可以申请信用修复，不收取任何费用。",
                     "The record is right and all is performed: ask for a repair, free of charge."), papers=True),
    "objection": Door("objection", T("走异议，不必修复", "Object; no repair is needed"),
                      T("公示期限已过仍在公示，请以“超期公示”（G04）提出异议。",
                        "It is shown beyond its time: object on ground G04 (published beyond its period).")),
    "route": Door("route", T("到其他系统办理", "Apply in another system"),
                  T("这条记录由其他系统办理修复，本平台随其结果同步。",
                    "Another system repairs this record; our copy follows its result.")),
    "wait": Door("wait", T("现在还不能申请", "Not yet"),
                 T("请看下面的日期；到期后只需两份材料即可申请。",
                   "See the day below; from then on two papers are enough."), papers=True),
    "nothing": Door("nothing", T("不需要办理", "Nothing to do"),
                    T("这条记录已经不再公示。", "This record is not published any more.")),
}  # fmt: skip
FIRST_PERFORM = Door("wait", T("先履行，再修复", "Perform first, then repair"),
                     T("修复的前提是义务履行完毕并已改正。全部做完后再来申请，只需两份材料。",
                       "A repair needs everything performed and put right. Come back then."),
                     papers=True)  # fmt: skip
ORDER = ("objection", "route", "repair", "wait", "nothing")  # of several records of one number the first counts


def find(
    wrong: bool, conduct: bool, performed: bool, doc_no: str, now: dt.datetime
) -> tuple[Door, list[tuple[Shown, Advice]]]:
    """The door, and what is known in public of the records of this number."""
    if conduct:
        return COMPLAINT, []
    found = advice.precheck(doc_no, now) if doc_no.strip() else []
    if wrong:
        return OBJECTION, found
    doors = [said.door for _, said in found] or ["repair"]
    kind = min(doors, key=ORDER.index)
    return (FIRST_PERFORM if kind == "repair" and not performed else BY_DOOR[kind]), found
