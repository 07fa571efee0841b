"""An order on a record and a statement beside it that wait for somebody, for the matrix."""

from services import access, clock, recordorders, statements
from services.people import person
from services.recordorders import Proposal
from services.transactions import writing
from services.uploads import Judged
from tests.builders_people import Somebody
from tests.office import Office
from tests.services.samples import PDF


def ordered(office: Office, people: dict[str, Somebody]) -> tuple[int, int]:
    """Both on a record of their own; their ids."""
    now = clock.now()
    record_id, public_id = office.a_record(penalty_doc_no="鄂前罚〔2026〕处置号")
    said = Proposal("withdraw", "原决定已撤销", "鄂前旗人民政府", "鄂前政复决〔2026〕1号", clock.today())
    with access.collecting(), writing():
        scan = Judged("决定.pdf", PDF, "application/pdf", 1)
        made = recordorders.propose(person(people["DR"].id), record_id, said, scan, now)
        statements.file(person(people["APP"].id), public_id, "已经整改。", False, now)
        return made, statements.of_record(record_id)[0].id
