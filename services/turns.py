"""会签: who hears that it is his turn to put his name to a draft, and who may do so for him."""

from models.base import shanghai_day
from services import notices
from services.act import Act
from services.mandates import delegates_of
from standards.words import T
from workflow.needs_signing import SEVERAL, countersigned, turn
from workflow.words import Role

COUNTERSIGN = "countersign"
YOURS = T("案件{number}：轮到您{act}，已会签{done}人，共{all}人。",
          "Case {number}: it is your turn to {act}; {done} of {all} have signed.")  # fmt: skip
FOR_HIM = T("案件{number}：轮到委托您的签发人{act}（委托书{delegation}），请代为办理。",
            "Case {number}: do it for who delegated to you ({delegation}); he is next to {act}.")  # fmt: skip
TO_COUNTERSIGN, TO_SIGN = T("会签", "countersign"), T("签发", "sign")


def tell(act: Act) -> None:
    """Tell whoever is next to sign, and his delegates, when a draft comes before several signers or one has signed."""
    step = act.flow.step_named.get(COUNTERSIGN)
    if step is None or act.target not in step.froms or act.view.signing not in SEVERAL:
        return
    signed = act.step.name == COUNTERSIGN
    if not signed and act.row["state"] == act.target:
        return
    done = {one for past in countersigned(act.view) for one in past.people} | act.actor.people if signed else set()
    left = [one for one in act.view.signers if one not in done]
    for person_id in turn(act.view.signing, left, first=not signed):
        _tell_one(act, person_id, len(left) == 1, len(act.view.signers) - len(left))


def _tell_one(act: Act, person_id: int, last: bool, done: int) -> None:
    """One signer and the delegates who may take the step that is his."""
    deciding = [one.name for one in act.flow.steps_from[act.target] if act.flow.signs(one.name)]
    steps = deciding if last else [COUNTERSIGN]
    said = {"number": act.now_is("number"), "act": TO_SIGN if last else TO_COUNTERSIGN, "done": done,
            "all": len(act.view.signers)}  # fmt: skip
    notices.write(YOURS.format(**said), act.now, case_id=act.case_id, user_id=person_id)
    for to_id, mandate in delegates_of(person_id, Role.LD, act.row["office_id"], shanghai_day(act.now)):
        if {f"{act.flow.kind}:{step}" for step in steps} & mandate.matters:
            text = FOR_HIM.format(delegation=mandate.number, **said)
            notices.write(text, act.now, case_id=act.case_id, user_id=to_id)
