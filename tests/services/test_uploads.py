"""Every file is judged by what it is; what is not plainly honest is refused with a sentence, and nothing is stored."""

import io
import socket
import threading

import pytest
from PIL import Image

from models.attachment import Attachment
from models.base import db
from models.outbox import Notice
from services import casefile, files, jobs, sandbox, uploads
from services.filenames import clean
from services.transactions import read_only, writing
from tests.services import samples
from tests.services.conftest import NOW, somebody
from tests.services.test_files import stored


def judged(name, data):
    return uploads.judge(name, io.BytesIO(data))


def accepted(office, key, name="证据.pdf", data=samples.PDF, slot="proof"):
    applicant = somebody(office, "applicant")
    with writing():
        one = uploads.accept(casefile.row_of(key)["id"], slot, name, io.BytesIO(data), applicant, NOW)
        return one.id


@pytest.mark.parametrize(("name", "data", "code"), samples.HOSTILE, ids=lambda one: one if isinstance(one, str) else "")
def test_hostile_files_are_refused_with_their_reason(here, name, data, code):
    with pytest.raises(uploads.UploadRefused) as refused:
        judged(name, data)
    assert refused.value.code == code
    assert refused.value.text.zh and refused.value.text.en
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "data", "mime", "pages"),
    [
        ("营业执照.pdf", samples.PDF, "application/pdf", 2),
        ("扫描.PDF", samples.OPENS_PAGE, "application/pdf", 2),
        ("照片.jpg", samples.JPEG, "image/jpeg", 1),
        ("照片.JPEG", samples.JPEG, "image/jpeg", 1),
        ("证明 v1.2.png", samples.PNG, "image/png", 1),
        ("照片.jpg.jpg", samples.JPEG, "image/jpeg", 1),
    ],
)
def test_honest_files_are_kept_as_sent(here, name, data, mime, pages):
    assert judged(name, data) == uploads.Judged(name, data, mime, pages)


@pytest.mark.parametrize(("name", "data"), [("IMG_1.HEIC", samples.HEIC), ("微信.webp", samples.WEBP)])
def test_pictures_of_phones_become_jpeg_without_metadata(here, name, data):
    found = judged(name, data)
    image = Image.open(io.BytesIO(found.data))
    assert (found.filename, found.mime, image.format, image.size) == (name, "image/jpeg", "JPEG", (160, 90))
    assert not image.getexif()


def test_what_a_camera_appends_to_a_photograph_is_cut_off(here):
    assert judged("照片.jpg", samples.JPEG + b"motion" * 1000).data == samples.JPEG
    assert judged("照片.png", samples.PNG + bytes(500)).data == samples.PNG


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\甲\\执照.pdf", "执照.pdf"),
        ("a\0b\r\n.pdf", "ab.pdf"),
        ("执照\u202efdp.pdf", "执照fdp.pdf"),
        ("长" * 400 + ".pdf", "长" * 196 + ".pdf"),
        ("<script>.pdf", "<script>.pdf"),
        ("堃喆.pdf", "堃喆.pdf"),
    ],
)
def test_a_name_stays_text_and_never_leads_anywhere(sent, kept):
    assert clean(sent) == kept


def test_a_file_is_stored_with_its_case(office, here):
    one = accepted(office, office.drafted())
    with read_only():
        found = db.session.get_one(Attachment, one)
        assert (found.slot, found.filename, found.pages) == ("proof", "证据.pdf", 2)
        assert (found.state, found.internal) == ("unscanned", False)
        assert files.read(found.sha256) == samples.PDF


def test_a_case_takes_so_many_files_and_bytes(office, here, monkeypatch):
    key = office.drafted()
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    for _ in range(2):
        accepted(office, key)
    with pytest.raises(uploads.UploadRefused) as refused:
        accepted(office, key)
    assert refused.value.code == "many"
    monkeypatch.setattr(uploads, "MOST_FILES", 20)
    monkeypatch.setattr(uploads, "LARGEST_CASE", 2 * len(samples.PDF) + 10)
    with pytest.raises(uploads.UploadRefused) as refused:
        accepted(office, key)
    assert refused.value.code == "full"


def test_photographs_become_one_document_and_give_way_to_it_in_a_draft(office, here):
    key, applicant = office.drafted(), somebody(office, "applicant")
    ids = [accepted(office, key, f"{n}.jpg", samples.picture("JPEG", (300 + n, 200))) for n in range(3)]
    with writing():
        bound = uploads.bundle([db.session.get_one(Attachment, one) for one in ids], applicant, NOW)
        assert (bound.filename, bound.mime, bound.pages) == ("0 +2.pdf", "application/pdf", 3)
    with read_only():
        assert db.session.execute(db.select(Attachment.filename)).scalars().all() == ["0 +2.pdf"]
        again = judged("again.pdf", files.read(bound.sha256))
    assert again.pages == 3


def test_only_photographs_of_one_case_are_bound(office, here):
    key, applicant = office.drafted(), somebody(office, "applicant")
    one, two = accepted(office, key, "a.jpg", samples.JPEG), accepted(office, key)
    with writing(), pytest.raises(uploads.UploadRefused) as refused:
        uploads.bundle([db.session.get_one(Attachment, n) for n in (one, two)], applicant, NOW)
    assert refused.value.code == "photos"


@pytest.mark.parametrize("data", [samples.PDF, samples.PNG, samples.JPEG], ids=["pdf", "png", "jpg"])
def test_a_page_is_drawn_turned_and_no_wider_than_asked(office, here, data):
    name = {b"%": "a.pdf", b"\x89": "a.png", b"\xff": "a.jpg"}[data[:1]]
    one = accepted(office, office.drafted(), name, data)
    with read_only():
        found = db.session.get_one(Attachment, one)
        upright = Image.open(io.BytesIO(uploads.page_image(found, 1, 0, 400)))
        turned = Image.open(io.BytesIO(uploads.page_image(found, 1, 90, 400)))
    assert upright.format == "JPEG" and upright.width <= 400
    assert (upright.width > upright.height) != (turned.width > turned.height)
    if name != "a.pdf":  # the black bar at the top left is at the top right after a quarter turn clockwise
        assert upright.convert("L").getpixel((5, 3)) < 60
        assert turned.convert("L").getpixel((turned.width - 4, 5)) < 60


@pytest.mark.parametrize(("page", "rotate"), [(0, 0), (3, 0), (1, 45)])
def test_a_page_that_is_not_there_is_not_drawn(office, here, page, rotate):
    one = accepted(office, office.drafted())
    with read_only(), pytest.raises(LookupError):
        uploads.page_image(db.session.get_one(Attachment, one), page, rotate)


def test_a_process_that_is_killed_or_late_is_the_files_fault(here, monkeypatch):
    def ended(*_: object, **__: object) -> None:
        raise sandbox.Unreadable("ended")

    monkeypatch.setattr(sandbox, "ask", ended)
    with pytest.raises(uploads.UploadRefused) as refused:
        judged("a.pdf", samples.PDF)
    assert refused.value.code == "bomb"


class Scanner(threading.Thread):
    """A clamd that finds a virus in whatever holds the word EICAR."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.start()

    def run(self) -> None:
        while True:
            line, _ = self.listening.accept()
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                data = b""
                while size := int.from_bytes(said.read(4), "big"):
                    data += said.read(size)
                line.sendall(b"stream: Eicar-Test FOUND\0" if b"EICAR" in data else b"stream: OK\0")


def settings_with(app, clamd):
    object.__setattr__(app.config["SETTINGS"], "clamd", clamd)


def state_of(one):
    with read_only():
        found = db.session.get_one(Attachment, one)
        return found.state, found.problem


def test_a_file_waits_in_quarantine_for_the_scanner(office, here):
    settings_with(here, Scanner().address)
    key = office.drafted()
    good, bad = accepted(office, key), accepted(office, key, "坏.jpg", samples.commented_jpeg(b"EICAR"))
    assert state_of(good) == ("quarantine", "")
    with read_only(), pytest.raises(uploads.UploadRefused):
        uploads.content(db.session.get_one(Attachment, good))
    jobs.run_all(NOW)
    assert (state_of(good), state_of(bad)) == (("clean", ""), ("refused", "Eicar-Test"))
    with read_only():
        told = db.session.execute(db.select(Notice.zh).where(Notice.user_id.is_not(None))).scalars().all()
        assert [line for line in told if "坏.jpg" in line]


def test_while_the_scanner_is_away_the_file_stays_in_quarantine(office, here):
    settings_with(here, "127.0.0.1:1")
    one = accepted(office, office.drafted())
    jobs.run_all(NOW)
    assert state_of(one) == ("quarantine", "")
    settings_with(here, Scanner().address)
    jobs.run_all(NOW + jobs.FIRST_PAUSE)
    assert state_of(one) == ("clean", "")
