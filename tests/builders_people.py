"""People and organisations for tests. Each method is one transaction; what it gives outlives it."""

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from models.base import db
from models.organisation import Org, OrgKind
from models.people import Capacity, UserKind
from models.subject import IdType
from services import accounts, clock, enrolment, passwords, sessions
from services.sessions import Browser
from services.transactions import transaction_open, writing
from standards.codes import id_check_sign, org_check_sign, uscc_check_sign
from workflow.words import Role

PASSWORD = "竹林深处有人家-1987"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = Browser("127.0.0.1", "tests")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Somebody:
    """An account and what is needed to use it."""

    id: int
    username: str
    name: str
    password: str = PASSWORD
    secret: str = SECRET
    subject_id: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True)
class Town:
    """Ids of the organisations of a small banner."""

    banner: int
    office: int
    department: int
    other_department: int
    publisher: int
    supervisor: int


def uscc(number: int, head: str = "91150623") -> str:
    """A valid unified social credit code; `number` makes it unique."""
    inner = f"MA{number:06d}"
    code = head + inner + org_check_sign(inner)
    return code + uscc_check_sign(code)


def id_number(number: int) -> str:
    """A valid resident identity number of somebody born in 1980."""
    bare = f"15062319800101{number:03d}"
    return bare + id_check_sign(bare)


class People:
    """Makes people and organisations in the database of one application."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A write transaction in the application's database, joined when one is open."""
        if transaction_open():
            yield
            return
        with self.app.app_context(), writing():
            yield

    def org(self, kind: OrgKind, name: str, parent: int | None = None, **more: object) -> int:
        """An organisation; gives its id."""
        with self.writing():
            row = Org(kind=kind.value, name=name, parent_id=parent, **more)
            db.session.add(row)
            db.session.flush()
            return row.id

    def town(self) -> Town:
        """A banner with its credit office, two departments, a publisher and a supervisor."""
        with self.writing():
            banner = self.org(OrgKind.BANNER, "鄂前旗人民政府", organ_word="鄂前政")
            return Town(
                banner=banner,
                office=self.org(OrgKind.CREDIT_OFFICE, "旗信用办", banner, organ_word="鄂前信"),
                department=self.org(OrgKind.DEPARTMENT, "旗市场监督管理局", banner, organ_word="鄂前市监"),
                other_department=self.org(OrgKind.DEPARTMENT, "旗自然资源局", banner, organ_word="鄂前自然资"),
                publisher=self.org(OrgKind.PUBLISHER, "旗大数据中心", banner),
                supervisor=self.org(OrgKind.SUPERVISOR, "旗纪委监委", banner),
            )

    def staff(self, org_id: int, *roles: Role, name: str = "", username: str = "") -> Somebody:
        """Somebody of the staff with these roles in one organisation; second factor enrolled."""
        number = next(_numbers)
        username, name = username or f"staff{number}", name or f"职员{number}"
        with self.writing():
            user = accounts.create_staff(
                username, name, [(org_id, role) for role in roles], PASSWORD, now=clock.now(), totp_secret=SECRET
            )
            return Somebody(user.id, username, name)

    def enterprise(
        self, *, code: str = "", name: str = "", proven: bool = True, capacity: Capacity = Capacity.LEGAL_REP
    ) -> Somebody:
        """Somebody who acts for an enterprise."""
        number = next(_numbers)
        with self.writing():
            user, agency = enrolment.sign_up_enterprise(
                self._applicant(number),
                uscc=code or uscc(number),
                subject_name=name or f"鄂前旗第{number}商贸有限公司",
                legal_rep=f"申请人{number}",
                capacity=capacity,
                now=clock.now(),
            )
            if proven:
                enrolment.prove(agency, clock.now(), by=None, case_number="YB20260101000001")
            return Somebody(user.id, user.username, user.name, subject_id=agency.subject_id, agency_id=agency.id)

    def person(self, *, number: str = "", proven: bool = True) -> Somebody:
        """A natural person who acts for himself."""
        count = next(_numbers)
        with self.writing():
            user, agency = enrolment.sign_up_person(
                self._applicant(count),
                id_type=IdType.RESIDENT,
                id_no=number or id_number(count % 1000),
                now=clock.now(),
            )
            if proven:
                enrolment.prove(agency, clock.now(), by=None, case_number="YB20260101000001")
            return Somebody(user.id, user.username, user.name, subject_id=agency.subject_id, agency_id=agency.id)

    def _applicant(self, number: int) -> enrolment.Applicant:
        return enrolment.Applicant(
            username=f"user{number}",
            name=f"申请人{number}",
            phone=f"139{number:08d}",
            email=f"user{number}@example.cn",
            password_hash=passwords.hashed(PASSWORD),
        )

    def session_token(self, user_id: int, now: dt.datetime | None = None) -> str:
        """The token of a fresh whole session, as after signing in."""
        with self.writing():
            user = accounts.user_of(user_id)
            assert UserKind(user.kind)
            return sessions.start(user, HERE, now or clock.now())
