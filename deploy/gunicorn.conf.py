"""How gunicorn serves Xinfu; `./xinfu run` starts it with this file."""

import os
from pathlib import Path

_postgresql = os.environ.get("XINFU_DATABASE_URL", "").startswith("postgresql")
_default_workers = (os.cpu_count() or 1) + 1 if _postgresql else 1

wsgi_app = "scripts.wsgi:application"
bind = [os.environ.get("XINFU_LISTEN", "127.0.0.1:8000")]
worker_class = "gthread"
workers = int(os.environ.get("XINFU_WORKERS", _default_workers))
threads = int(os.environ.get("XINFU_THREADS", 2 if _postgresql else 8))
timeout = 60
graceful_timeout = 25
keepalive = 5
control_socket_disable = True
forwarder_headers = ""  # the path prefix comes from the settings, never from a header
secure_scheme_headers: dict[str, str] = {}  # the scheme is believed through XINFU_PROXIES only
limit_request_line = 4094
limit_request_fields = 60
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
loglevel = "warning"
proc_name = "xinfu-web"
