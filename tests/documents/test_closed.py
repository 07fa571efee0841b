"""Nothing a page contains makes the drawing process fetch anything (T8)."""

import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint
from pypdf import PdfReader

from documents.pool import Pool, RenderFailed
from documents.render import render
from documents.samples import sample
from workflow.words import Paper

SECRET = "canary-7f3a-secret"
# {url} is a canary server, {file} a canary file.
VECTORS = {
    "img": '<img src="{url}/img.png">',
    "img srcset": '<img srcset="{url}/set.png 1x" src="{url}/set1.png">',
    "css import": "<style>@import url({url}/a.css);</style>",
    "link": '<link rel="stylesheet" href="{url}/b.css">',
    "font-face": "<style>@font-face{{font-family:x;src:url({url}/f.ttf)}}p{{font-family:x}}</style><p>x</p>",
    "background": '<p style="background-image:url({url}/c.png)">x</p>',
    "list image": '<ul style="list-style-image:url({url}/d.png)"><li>x</ul>',
    "content": "<style>p::before{{content:url({url}/e.png)}}</style><p>x</p>",
    "border image": '<p style="border:9px solid;border-image:url({url}/g.png) 3">x</p>',
    "cursor and mask": '<p style="cursor:url({url}/h.cur);mask:url({url}/m.svg)">x</p>',
    "object": '<object data="{url}/o.svg" type="image/svg+xml"></object>',
    "embed": '<embed src="{url}/p.svg">',
    "iframe": '<iframe src="{url}/q.html"></iframe>',
    "svg image": '<svg width="9" height="9"><image href="{url}/r.png" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}/s.svg#x"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url({url}/t.css);</style><rect width="9" height="9"/></svg>',
    "attachment": '<link rel="attachment" href="{url}/u.txt">',
    "anchor attachment": '<a rel="attachment" href="{url}/v.txt">x</a>',
    "base": '<base href="{url}/"><img src="w.png">',
    "meta refresh": '<meta http-equiv="refresh" content="0;url={url}/x"><p>x</p>',
    "xml entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "{url}/y">]><p>&y;</p>',
    "file img": '<img src="file://{file}">',
    "file attachment": '<link rel="attachment" href="file://{file}">',
    "file object": '<object data="file://{file}"></object>',
    "file import": '<style>@import url("file://{file}");</style>',
    "relative file": '<base href="file://{folder}/"><link rel="attachment" href="{name}">',
    "data stylesheet": '<link rel="stylesheet" href="data:text/css,@import url({url}/z.css);">',
    "data image": '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22>'
                  '<image href=%22{url}/1.png%22/></svg>">',
    "ftp": '<img src="ftp://127.0.0.1/2.png">',
    "upper case": '<IMG SRC="HTTP://{host}/3.png">',
    "page background": "<style>@page{{background:url({url}/4.png)}}</style><p>x</p>",
    "color profile": "<style>@color-profile --p{{src:url({url}/5.icc)}}</style><p>x</p>",
    "image set": '<p style="background:image-set(url({url}/6.png) 1x), url({url}/7.png)">x</p>',
}


class Canary(http.server.ThreadingHTTPServer):
    """A server that counts who asks it."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Answer(http.server.BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def aimed(canary: Canary, tmp_path: Path) -> dict[str, str]:
    """The vectors aimed at the canaries."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    aims = {"url": f"http://{canary.host}", "host": canary.host, "file": path, "folder": path.parent, "name": path.name}
    return {name: vector.format(**aims) for name, vector in VECTORS.items()}


def streams(pdf: bytes) -> bytes:
    """Every byte of a PDF, streams unpacked."""
    reader = PdfReader(io.BytesIO(pdf))
    found = [pdf]
    for number in range(1, 2000):
        try:
            item = reader.get_object(number)
        except Exception:
            break
        found.append(item.get_data() if hasattr(item, "get_data") else str(item).encode())
    return b"".join(found)


@pytest.mark.parametrize("name", VECTORS)
def test_the_drawing_process_fetches_nothing(name: str, aimed: dict[str, str], pool: Pool, canary: Canary):
    try:
        pdf, _ = pool.draw(f"<html><head>{aimed[name]}</head><body>{aimed[name]}</body></html>", "x", 20)
    except RenderFailed:
        pdf = b""
    assert canary.hits == []
    assert not pdf or SECRET.encode() not in streams(pdf)


def test_typed_text_fetches_nothing(aimed: dict[str, str], canary: Canary, text_of):
    item = sample(Paper.D07)["items"][0]
    items = [dict(item, record=page, field=page, old=page, new=page, reason=page) for page in aimed.values()]
    pages = list(aimed.values())
    typed = {"evidence": pages, "legal_basis": pages, "facts": "\n".join(pages), "subject_name": pages[0],
             "organ": pages[0], "number": pages[0], "signatory": pages[0], "contact_phone": pages[0]}
    drawn = render(Paper.D07, sample(Paper.D07, items=items, **typed), timeout=60)
    assert canary.hits == []
    assert SECRET.encode() not in streams(drawn.pdf)
    assert text_of(drawn.pdf).count("<svg") >= 4 * len(pages) / 10


@pytest.mark.parametrize("name", ["img", "link", "file attachment"])
def test_the_canaries_sing_for_an_open_fetcher(name: str, aimed: dict[str, str], canary: Canary):
    """Negative control: without the closed fetcher the same pages do fetch."""
    pdf = weasyprint.HTML(string=f"<html><head>{aimed[name]}</head><body>{aimed[name]}</body></html>").write_pdf()
    assert canary.hits or SECRET.encode() in streams(pdf)
