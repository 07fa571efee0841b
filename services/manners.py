"""The kinds of cases and their manners, by kind."""

from services.manner import Manner
from services.manner_complaint import COMPLAINT_MANNER
from services.manner_objection import OBJECTION_MANNER
from services.manner_repair import REPAIR_MANNER
from standards.words import T

MANNERS: dict[str, Manner] = {manner.kind: manner for manner in (OBJECTION_MANNER, COMPLAINT_MANNER, REPAIR_MANNER)}
GENERIC = T("案件{number}：{step}已完成，现为“{state}”，待您办理。",
            "Case {number}: after “{step}” it is “{state}”, with your desk.")  # fmt: skip
