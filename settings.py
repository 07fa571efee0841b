"""Everything that may differ between two installations: one object, read once at start."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class BadSettings(Exception):
    """The environment asks for something that must not run; the text says what to change."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation. Paths are absolute; public_url has no trailing slash."""

    data_dir: Path
    database_url: str
    owner_url: str  # may change tables; the application itself may not
    public_url: str = "http://127.0.0.1:8000"
    secret_key: str = field(repr=False)
    secret_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    demo: bool = False
    testing: bool = False
    proxies: int = 0  # how many reverse proxies stand in front and set X-Forwarded-*
    limiter_url: str = "memory://"
    smtp_url: str = ""  # smtp://user:password@host:port; empty: letters go to data_dir/mail
    clamd: str = ""  # host:port or socket path of the virus scanner; empty: files stay unscanned
    anchors_to: Path | None = None  # folder on another machine that keeps a copy of the chain's anchors
    trusted_hosts: tuple[str, ...] = ()
    receivers_in: tuple[str, ...] = ()  # private networks in which receivers may stand, such as 10.0.0.0/8

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def prefix(self) -> str:
        """Path under which the product is mounted, "" at the root."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    def checked(self) -> "Settings":
        """Refuse settings that would be unsafe to run."""
        if len(self.secret_key) < 32:
            raise BadSettings("the secret key must have at least 32 characters (data folder, secret.key)")
        host = urlsplit(self.public_url).hostname or ""
        if not self.https and host not in ("127.0.0.1", "localhost", "::1"):
            raise BadSettings("XINFU_PUBLIC_URL: plain http is for this machine only; use https elsewhere")
        return self


def read_settings(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Settings from XINFU_* variables; the secret key from the data folder (made by `xinfu run`)."""
    data_dir = Path(environ.get("XINFU_DATA", "instance")).resolve()
    url = environ.get("XINFU_DATABASE_URL", f"sqlite:///{data_dir / 'xinfu.db'}")
    keys = (data_dir / "secret.key").read_text().split() if (data_dir / "secret.key").exists() else [""]
    return Settings(
        data_dir=data_dir,
        database_url=url,
        owner_url=environ.get("XINFU_OWNER_URL", url),
        public_url=environ.get("XINFU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        secret_key=keys[0],
        secret_fallbacks=tuple(keys[1:]),
        demo=(data_dir / "demo").exists(),
        proxies=int(environ.get("XINFU_PROXIES", "0")),
        limiter_url=environ.get("XINFU_LIMITER_URL", "memory://"),
        smtp_url=environ.get("XINFU_SMTP_URL", ""),
        clamd=environ.get("XINFU_CLAMD", ""),
        anchors_to=Path(environ["XINFU_ANCHORS_TO"]) if environ.get("XINFU_ANCHORS_TO") else None,
        trusted_hosts=tuple(filter(None, environ.get("XINFU_TRUSTED_HOSTS", "").split(","))),
        receivers_in=tuple(filter(None, environ.get("XINFU_RECEIVERS_IN", "").split(","))),
    ).checked()
