"""What the administrator watches: background jobs, those given up, tokens of machines, and the state of the house."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, select, update

from models import walls
from models.base import SHANGHAI, db
from models.organisation import Org
from models.outbox import Job
from models.people import ApiToken
from services import access, clock, defaults, health, jobs, outpost, people, rules
from services.access import NotFound, enter
from services.people import Person, organisation
from settings import Settings
from standards.words import T, Text

JOB = Job.__table__
PAGE = 30
SILENCE = dt.timedelta(minutes=2)
LATE = dt.timedelta(minutes=15)
ROOM = 500  # MB
SCOPES = (
    ("records", T("查询主体的公示记录", "Published records of a subject")),
    ("imports", T("报送本单位的数据文件", "Send data files of the own unit")),
    ("cases", T("凭案号和查询码查询进度", "Status of a case by number and code")),
    ("corrections", T("接收更正通知并答复、对账", "Corrections for a receiver, answers, comparison")),
    ("metrics", T("运行指标", "Figures of the installation")),
)
KINDS = {
    "check": T("核查名单", "Check a list of subjects"),
    "draw_slip": T("绘制信用报告和核查结果单", "Draw a report or a result slip"),
    "deliver": T("发送更正通知", "Send a correction notice"),
    "mail": T("发送邮件", "Send a mail"),
    "render": T("绘制文书（PDF）", "Draw a letter (PDF)"),
    "scan": T("查杀上传的文件", "Scan an uploaded file"),
    "lift": T("通知解除惩戒措施", "Have measures lifted"),
    "prove_removal": T("核对停止公示的信息已从各公开页面移除", "See that a removed record is gone"),
    "recount": T("重新计算期限", "Count due days again"),
    "verify_chain": T("核验留痕链", "Verify the chain"),
}
GIVEN_UP = T("已人工放弃", "given up by a person")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that must be well, and what to do when it is not."""

    title: Text
    well: bool
    said: Text


def title_of(kind: str) -> Text:
    """What a kind of job does, in words."""
    return KINDS.get(kind, Text(kind, kind))


def dead(before: int | None = None) -> tuple[list[Job], int | None]:
    """(jobs given up by the machine that wait for a person, cursor of the next page), newest first."""
    query = select(Job).where(Job.dead_at.is_not(None), Job.done_at.is_(None)).order_by(Job.id.desc())
    if before is not None:
        query = query.where(Job.id < before)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def dead_count() -> int:
    """How many jobs wait for a person."""
    query = select(func.count()).select_from(Job).where(Job.dead_at.is_not(None), Job.done_at.is_(None))
    return int(db.session.scalar(query) or 0)


def retry(job_id: int, by: Person, now: dt.datetime) -> None:
    """Let a job that was given up run again. NotFound when none such waits."""
    _dead_one(job_id)
    jobs.revive(job_id, now)
    enter("job_change", job_id, "retried", user_id=by.id)


def give_up(job_id: int, by: Person, now: dt.datetime) -> None:
    """Close a job that will not be done; its fault stays readable. NotFound when none such waits."""
    row = _dead_one(job_id)
    said = f"{row.error}\n{GIVEN_UP.en}: {by.username}"
    waiting = (JOB.c.id == job_id, JOB.c.dead_at.is_not(None), JOB.c.done_at.is_(None))
    db.session.execute(update(JOB).where(*waiting).values(done_at=now, error=said))
    enter("job_change", job_id, "given up", user_id=by.id)


def _dead_one(job_id: int) -> Job:
    row = db.session.get(Job, job_id)
    if row is None or row.dead_at is None or row.done_at is not None:
        raise NotFound(f"job {job_id}")
    return row


def tokens() -> list[tuple[ApiToken, str, list[Text]]]:
    """(token without its secret, organisation, what it may ask), newest first."""
    query = select(ApiToken, Org.name).join(Org, Org.id == ApiToken.org_id).order_by(ApiToken.id.desc())
    titles = dict(SCOPES)
    return [(token, name, [titles.get(one, Text(one, one)) for one in token.scopes])
            for token, name in db.session.execute(query)]  # fmt: skip


def purposes() -> list[tuple[str, Text]]:
    """What records may be asked for: (code, title)."""
    lists = defaults.read("purposes.json")["lists"]
    return [(one["code"], Text(one["zh"], one["en"])) for part in lists for one in part["purposes"]]


def issue(org_id: int, name: str, scopes: list[str], purpose: str, until: dt.date, by: Person, now: dt.datetime) -> str:
    """A token for a machine, valid before a day; it can be read only now."""
    org = organisation(org_id)
    ends = dt.datetime.combine(until, dt.time(), SHANGHAI)
    token = access.issue_token(org_id, name, scopes, purpose, now, ends)
    enter("token_change", f"{org.name}: {name}"[:200], "issued", user_id=by.id)
    return token


def revoke(token_id: int, by: Person, now: dt.datetime) -> None:
    """End a machine's token. NotFound when there is none."""
    row = db.session.get(ApiToken, token_id)
    if row is None:
        raise NotFound(f"token {token_id}")
    access.revoke_token(token_id, now)
    enter("token_change", row.name, "revoked", user_id=by.id)


def look(now: dt.datetime) -> list[Question]:
    """Everything the house needs, each well or with what to do."""
    return [question(now) for question in QUESTIONS]


def _database(_now: dt.datetime) -> Question:
    return _judged(T("数据库", "Database"), health.database_ready(), T("可用，数据表齐全", "answers and is complete"),
                   T("不可用或缺少数据表，请执行 ./xinfu upgrade", "not ready; run ./xinfu upgrade"))  # fmt: skip


def _walls(_now: dt.datetime) -> Question:
    missing = walls.check(db.engine)
    return _judged(T("数据库约束", "Walls in the database"), not missing, T("齐全", "all stand"),
                   T("缺少{n}项，请执行 ./xinfu upgrade", "{n} missing; run ./xinfu upgrade").format(n=len(missing)))


def _worker(now: dt.datetime) -> Question:
    beat = jobs.last_beat()
    alive = beat is not None and now - beat < SILENCE
    return _judged(T("后台进程", "Worker"), alive, T("正在运行", "is running"),
                   T("没有心跳，请检查 ./xinfu run 是否在运行", "is silent; see whether ./xinfu run is running"))


def _queue(now: dt.datetime) -> Question:
    count, oldest = jobs.waiting()
    well = oldest is None or now - oldest < LATE
    return _judged(T("后台任务", "Background jobs"), well, T("{n}项等待", "{n} waiting").format(n=count),
                   T("{n}项等待，最早的已超过15分钟", "{n} wait, the oldest over 15 minutes").format(n=count))


def _dead(_now: dt.datetime) -> Question:
    count = dead_count()
    return _judged(T("失败任务", "Failed jobs"), not count, T("没有", "none"),
                   T("{n}项需要人工处理", "{n} wait for a person").format(n=count))  # fmt: skip


def _calendar(now: dt.datetime) -> Question:
    wanted = clock.local(now + dt.timedelta(days=60)).year
    last = max(rules.calendar().official_years, default=0)
    return _judged(T("工作日历", "Working days"), last >= wanted, T("已载入至{y}年", "official to {y}").format(y=last),
                   T("请载入{y}年放假通知", "load the notice of {y}").format(y=wanted))  # fmt: skip


def _holders(_now: dt.datetime) -> Question:
    empty = [step.label for step in people.steps_without_holder()]
    names = Text("、".join(one.zh for one in empty), ", ".join(one.en for one in empty))
    return _judged(T("步骤承办人", "Holders of steps"), not empty, T("每一步都有人可办", "every step has a holder"),
                   T("无人可办：{s}。请授予岗位", "nobody may take: {s}; give out roles").format(s=names))


def _rules(now: dt.datetime) -> Question:
    count = rules.unconfirmed(clock.local(now).date())
    return _judged(T("默认规则", "Default rules"), not count, T("已全部确认", "all confirmed"),
                   T("{n}项期限尚未确认，请信用办负责人在“规则”页确认",
                     "{n} limits are not confirmed; see “Rules”").format(n=count))  # fmt: skip


def _remedies(_now: dt.datetime) -> Question:
    said = rules.setting("remedies")
    return _judged(T("救济途径", "Remedies"), bool(said.get("review_organ") and said.get("court")),
                   T("已设置", "set up"),
                   T("未设置复议机关和法院，不能出具不利决定", "not set up; no adverse letters"))  # fmt: skip


def _anchors(now: dt.datetime) -> Question:
    since = outpost.stuck_since(now)
    where = T("未设置异地目录（XINFU_ANCHORS_TO），锚点仍在本机",
              "no folder is set (XINFU_ANCHORS_TO); they stay on this machine")  # fmt: skip
    stuck = T("自{since}起未能送出，请检查异地目录", "none has left since {since}; look after the folder")
    said = stuck.format(since=f"{clock.local(since):%Y-%m-%d %H:%M}") if since and outpost.target() else where
    return _judged(T("异地锚点", "Anchors elsewhere"), since is None, T("按时送出", "leave in time"), said)


def _disk(_now: dt.datetime) -> Question:
    settings: Settings = current_app.config["SETTINGS"]
    free = shutil.disk_usage(settings.data_dir).free >> 20
    return _judged(T("磁盘", "Disk"), free > ROOM, T("剩余 {m} MB", "{m} MB free").format(m=free),
                   T("只剩 {m} MB", "only {m} MB are left").format(m=free))  # fmt: skip


def _judged(title: Text, well: bool, good: Text, bad: Text) -> Question:
    return Question(title, well, good if well else bad)


QUESTIONS: tuple[Callable[[dt.datetime], Question], ...] = (
    _database, _walls, _worker, _queue, _dead, _calendar, _holders, _rules, _remedies, _anchors, _disk,
)  # fmt: skip
