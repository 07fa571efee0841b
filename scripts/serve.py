"""`./xinfu run`: prepare the data folder, then keep web server, worker and clock running."""

import argparse
import ipaddress
import os
import socket
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from launch import folder
from launch.environment import ROOT
from launch.speech import CannotGoOn, both, doing, say
from scripts import demo
from scripts.backup import back_up
from scripts.database import Age, age, is_set_up, prepare, refuse_newer
from scripts.refusing import or_refuse
from scripts.supervisor import Child, Supervisor
from settings import Settings, read_settings
from standards.words import T


def main() -> int:
    """Serve until a signal comes; 0 ended well, 1 could not start, 2 wrongly called."""
    wanted = _arguments()
    os.umask(0o077)
    _addresses(wanted.port)
    return or_refuse(lambda: _run(wanted.demo))


def _run(demo_data: bool | None) -> int:
    data = folder.chosen()
    if not folder.is_set_up(data):  # nothing is made for a start that cannot be
        _port_is_free()
    folder.set_up(data, demo_data)
    lock = folder.hold(data)
    try:
        settings = read_settings()
        _port_is_free()
        _database(settings)
        return _serve(settings)
    finally:
        os.close(lock)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinfu run")
    parser.add_argument("--port", type=int, default=int(os.environ.get("XINFU_PORT", "8000")))
    parser.add_argument("--demo", action=argparse.BooleanOptionalAction, default=None)
    wanted = parser.parse_args()
    if not 0 < wanted.port < 65536:
        parser.error("--port: 1 … 65535")
    return wanted


def _addresses(port: int) -> None:
    """Where we listen (this machine only unless XINFU_BIND says otherwise) and how people reach us."""
    host = os.environ.get("XINFU_BIND", "127.0.0.1")
    bracketed = f"[{host}]" if ":" in host else host
    os.environ["XINFU_LISTEN"] = f"{bracketed}:{port}"
    os.environ.setdefault("XINFU_PUBLIC_URL", f"http://127.0.0.1:{port}")


def _listening() -> tuple[str, int]:
    host, _, port = os.environ["XINFU_LISTEN"].rpartition(":")
    return host.strip("[]"), int(port)


def _port_is_free() -> None:
    host, port = _listening()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotGoOn(T("无法使用端口 {p}:{e}。可用 --port 另选", "port {p} cannot be used: {e}; see --port")
                             .format(p=port, e=error.strerror)) from None  # fmt: skip


def _database(settings: Settings) -> None:
    """An older database is backed up and upgraded; one from a newer version is left alone."""
    refuse_newer(settings)
    found = age(settings)
    if found is Age.OLDER:
        say(T("数据来自旧版本：先备份，再升级", "the data come from an older version: backup first, then upgrade"))
        say(T("备份在 {p}", "the backup is {p}").format(p=back_up(settings)))
    if found is Age.CURRENT:
        prepare(settings)
    else:
        with doing(T("准备数据库", "Preparing the database")):
            prepare(settings)


def _serve(settings: Settings) -> int:
    config = ROOT / "deploy" / "gunicorn.conf.py"
    web = Child("web", [sys.executable, "-m", "gunicorn", "-c", str(config)])
    worker = Child("worker", [sys.executable, "-m", "scripts.worker"])
    link = _setup_link(settings)
    return Supervisor([web, worker], lambda: _is_ready(settings), lambda: _welcome(settings, link)).run()


def _is_ready(settings: Settings) -> bool:
    host, port = _listening()
    if ipaddress.ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    public = urlsplit(settings.public_url)
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme, "X-Forwarded-Host": public.netloc}
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", f"{settings.prefix}/health/ready", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _setup_link(settings: Settings) -> str:
    """The one-time link to the set-up pages, as long as nobody administers the installation."""
    if settings.demo or is_set_up(settings):
        (settings.data_dir / folder.TOKEN).unlink(missing_ok=True)
        return ""
    return f"{settings.public_url}/setup/{folder.new_setup_token(settings.data_dir)}"


def _welcome(settings: Settings, link: str) -> None:
    print(f"\n信复 Xinfu  {settings.public_url}/", flush=True)
    if link:
        print(both(T("首次设置（仅此一次）", "first set-up (works once)")) + f": {link}", flush=True)
    if settings.demo:
        print(both(T("演示账户", "demo accounts")))
        for role, title, name, password in demo.ACCOUNTS:
            print(f"  {role:<4} {name:<14} {password:<20} {both(title)}")
    print(both(T("按 Ctrl+C 停止", "Ctrl+C stops")) + "\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
