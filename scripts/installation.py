"""The doctor's questions about one installation: its folder, database, people, rules and surroundings."""

import datetime as dt
import runpy
import smtplib
import stat
from urllib.parse import urlsplit

from sqlalchemy import text

from launch import folder
from launch.environment import ROOT
from models import walls
from models.base import db
from scripts.database import Age, age
from scripts.findings import Finding, Question, judge, note, ok, todo
from services import clock, jobs, outpost, people, rules, succession
from settings import read_settings
from standards.words import T

LONGEST_SILENCE = dt.timedelta(minutes=2)
WARN_DAYS = 60
SQLITE_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "encoding": "UTF-8"}
POSTGRESQL_WANTED = {"server_encoding": ("UTF8",), "fsync": ("on",), "full_page_writes": ("on",),
                     "synchronous_commit": ("on", "remote_write", "remote_apply", "local")}  # fmt: skip


def data_folder() -> Finding:
    """Only its owner may look into the folder and the secret."""
    data = folder.chosen()
    loose = [str(path) for path in (data, data / folder.SECRET) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        return todo(T("他人可读：chmod go= {p}", "others can read it: chmod go= {p}").format(p=" ".join(loose)))
    probe = data / ".doctor"
    probe.write_text("")
    probe.unlink()
    return ok(T("{d}", "{d}").format(d=data))


def secret_key() -> Finding:
    """Long enough and not a pattern."""
    key = read_settings().secret_key
    return judge(len(key) >= 32 and len(set(key)) >= 8, T("合格", "good"),
                 T("密钥太弱：删除 secret.key 后重启（所有人需重新登录）",
                   "too weak: remove secret.key and start again (everybody signs in anew)"))  # fmt: skip


def database() -> Finding:
    """It answers, speaks UTF-8, and what it acknowledges is on disk."""
    wrong = _sqlite_faults() if db.engine.dialect.name == "sqlite" else _postgresql_faults()
    shown = db.engine.url.render_as_string(hide_password=True)
    return judge(not wrong, T("{s}", "{s}").format(s=shown),
                 T("设置不当：{w}", "badly set: {w}").format(w=", ".join(wrong)))  # fmt: skip


def _sqlite_faults() -> list[str]:
    with db.engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in SQLITE_WANTED}
        whole = connection.execute(text("PRAGMA quick_check")).scalar()
    return [f"{name}={found[name]}" for name, value in SQLITE_WANTED.items() if found[name] != value] + (
        [] if whole == "ok" else [f"quick_check: {whole}"])  # fmt: skip


def _postgresql_faults() -> list[str]:
    with db.engine.connect() as connection:
        found = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in POSTGRESQL_WANTED}
        may_change = connection.execute(text("SELECT has_schema_privilege('public', 'CREATE')")).scalar()
    faults = [f"{name}={found[name]}" for name, values in POSTGRESQL_WANTED.items() if found[name] not in values]
    return faults + (["the application's role may create tables"] if may_change else [])


def migrations() -> Finding:
    """The tables are those of this version."""
    found = age(read_settings())
    return judge(found is Age.CURRENT, T("最新", "at head"),
                 T("{a}：请执行 ./xinfu upgrade", "{a}: please run ./xinfu upgrade").format(a=found.value))  # fmt: skip


def standing_walls() -> Finding:
    """The database's own refusals are in place."""
    missing = walls.check(db.engine)
    return judge(not missing, T("齐全", "all stand"),
                 T("请执行 ./xinfu upgrade:{m}", "please run ./xinfu upgrade: {m}").format(m="; ".join(missing[:5])))


def worker() -> Finding:
    """Letters, messages and deadlines move only while the worker lives."""
    beat = jobs.last_beat()
    if beat and clock.now() - beat < LONGEST_SILENCE:
        return ok(T("最近心跳 {b}", "last heard {b}").format(b=f"{beat:%H:%M:%S}Z"))
    if not folder.is_held(folder.chosen()):
        return note(T("当前未运行", "not running at the moment"))
    return todo(T("无心跳：请重启 ./xinfu run", "is silent: restart ./xinfu run"))


def limiter() -> Finding:
    """Counts of tries must be shared by all web processes."""
    workers = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["workers"]
    shared = not read_settings().limiter_url.startswith("memory:")
    return judge(shared or workers == 1, T("计数准确", "counts are exact"),
                 T("{n} 个进程各自计数：设置 XINFU_LIMITER_URL=redis://…",
                   "{n} processes count apart: set XINFU_LIMITER_URL=redis://…").format(n=workers))  # fmt: skip


def calendar_years() -> Finding:
    """Days beyond the last official year are provisional; the notice comes each November."""
    last = max(rules.calendar().official_years, default=0)
    left = (dt.date(last, 12, 31) - clock.today()).days if last else -1
    if left < 0:
        return todo(T("没有今年的放假安排：请录入", "this year's public holidays are not loaded"))
    if left <= WARN_DAYS:
        return note(T("还有 {n} 天到 {y} 年底：请录入下一年放假安排",
                      "{n} days until the end of {y}: load next year's holidays").format(n=left, y=last))  # fmt: skip
    return ok(T("已有 {y} 年", "known until {y}").format(y=last))


def mail() -> Finding:
    """Somebody takes our letters."""
    settings = read_settings()
    if not settings.smtp_url:
        return note(T("未设邮件服务器，信件写入 {d}", "no mail server; letters are written to {d}")
                    .format(d=settings.data_dir / "mail"))  # fmt: skip
    server = urlsplit(settings.smtp_url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "", server.port or 0, timeout=5) as connection:
        code = connection.noop()[0]
    return judge(code == 250, T("可用", "answers"), T("应答 {c}", "answers {c}").format(c=code))


def holders() -> Finding:
    """Every step has somebody who may take it."""
    empty = [step.name for step in people.steps_without_holder()]
    return judge(not empty, T("每个步骤都有人可办", "every step has a holder"),
                 T("无人可办：{s}。请分派角色", "nobody may take: {s}; give out roles").format(s=", ".join(empty)))


def inherited() -> Finding:
    """Somebody answers for every abolished organisation, and its people have another desk."""
    orgs, officials = succession.without_heir(clock.today()), succession.stranded(clock.today())
    return judge(not orgs and not officials, T("均有承接", "all work was taken over"),
                 T("请指定承接单位：{o}；请为下列人员另授岗位：{p}",
                   "name a successor for: {o}; give another role to: {p}")
                 .format(o="、".join(orgs) or "—", p="、".join(officials) or "—"))  # fmt: skip


def recused() -> Finding:
    """No case waits at a desk where everybody must stay out of it."""
    stuck = succession.cases_without_holder(clock.today())
    return judge(not stuck, T("均有人可办", "somebody may go on with each case"),
                 T("案件{n}的承办岗位均须回避，请另授岗位或者委托",
                   "all of the desk must stay out of {n}: give the role to another")
                 .format(n=", ".join(stuck[:10])))  # fmt: skip


def signers() -> Finding:
    """Whoever must sign by the rules is a leader today."""
    wrong = succession.packs_without_signer(clock.today())
    return judge(not wrong, T("签发人齐备", "all signers are leaders"),
                 T("规则包{p}规定的签发人未设或已不在岗", "rule packs {p} name no signer, or one who is no leader")
                 .format(p="、".join(wrong)))  # fmt: skip


def unconfirmed_rules() -> Finding:
    """Day counts the office has not confirmed itself."""
    count = rules.unconfirmed(clock.today())
    return ok(T("已全部确认", "all confirmed")) if not count else note(
        T("{n} 项默认期限尚未确认", "{n} default time limits are not confirmed yet").format(n=count))  # fmt: skip


def anchors_elsewhere() -> Finding:
    """Only anchors that left this machine prove what its owner could have changed."""
    since = outpost.stuck_since(clock.now())
    if outpost.target() is None:
        return note(T("锚点只在本机：设置 XINFU_ANCHORS_TO", "anchors stay on this machine: set XINFU_ANCHORS_TO"))
    return judge(since is None, T("按时送出", "leave in time"),
                 T("自 {s} 起未能送出：检查 {f}", "none has left since {s}: look after {f}")
                 .format(s=f"{since:%Y-%m-%d %H:%M}Z" if since else "", f=outpost.target()))  # fmt: skip


def address() -> Finding:
    """https behind a proxy, or plain http for this machine only."""
    settings = read_settings()
    if not settings.https:
        return note(T("明文 http，仅限本机：{u}", "plain http, this machine only: {u}").format(u=settings.public_url))
    return judge(settings.proxies > 0, T("{u}", "{u}").format(u=settings.public_url),
                 T("https 由反向代理提供：请设置 XINFU_PROXIES=1", "https needs a proxy: please set XINFU_PROXIES=1"))


QUESTIONS = (
    Question("data-folder", T("数据文件夹", "data folder"), data_folder),
    Question("secret-key", T("密钥", "secret key"), secret_key),
    Question("database", T("数据库", "database"), database),
    Question("migrations", T("数据结构版本", "migrations"), migrations),
    Question("walls", T("数据库约束", "walls"), standing_walls),
    Question("worker", T("后台进程", "worker"), worker),
    Question("limiter", T("频率限制", "rate limits"), limiter),
    Question("calendar", T("工作日历", "working days"), calendar_years),
    Question("mail", T("邮件", "mail"), mail),
    Question("holders", T("步骤承办人", "holders of steps"), holders),
    Question("succession", T("机构承接", "succession"), inherited),
    Question("recusals", T("回避", "recusals"), recused),
    Question("signers", T("签发人", "signers"), signers),
    Question("rules", T("默认规则", "default rules"), unconfirmed_rules),
    Question("anchors", T("异地锚点", "anchors elsewhere"), anchors_elsewhere),
    Question("address", T("访问地址", "public address"), address),
)
