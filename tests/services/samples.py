"""Honest and hostile files, made here so that nothing of them comes from elsewhere."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def picture(form: str, size: tuple[int, int] = (160, 90), **more: object) -> bytes:
    """A white picture with a black bar at its top left."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 8), fill="black")
    out = io.BytesIO()
    if form == "HEIF":
        pillow_heif.from_pillow(image).save(out, format="HEIF")
    else:
        image.save(out, form, **more)
    return out.getvalue()


def pdf(pages: int = 2, change: object = None, **write: object) -> bytes:
    """A PDF of blank pages; `change` may alter its writer."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if callable(change):
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _named(**entries: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): NameObject(value) if value.startswith("/") else
                             TextStringObject(value) for key, value in entries.items()})  # fmt: skip


def _open_action(action: DictionaryObject) -> object:
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def _hidden_action(writer: PdfWriter) -> None:
    """An action deep inside an annotation, its name written with escapes."""
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): writer._add_object(action)})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def _page_action(writer: PdfWriter) -> None:
    script = _named(S="/JavaScript", JS="app.alert(1)")
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})


def _named_script(writer: PdfWriter) -> None:
    script = writer._add_object(_named(S="/JavaScript", JS="app.alert(1)"))
    scripts = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    names = DictionaryObject({NameObject("/JavaScript"): scripts})
    writer.root_object[NameObject("/Names")] = names


def in_object_streams(data: bytes) -> bytes:
    """The same PDF with every name of an action escaped, so that no search over the bytes finds it."""
    for plain, escaped in ((b"/JavaScript", b"/J#61vaScript"), (b"/Launch", b"/L#61unch"), (b"/JS", b"/#4AS")):
        data = data.replace(plain, escaped)
    return data


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def png_bomb(side: int = 30000) -> bytes:
    """A PNG of 900 million pixels in about 100 kB."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + (side + 7) // 8)) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def commented_jpeg(comment: bytes) -> bytes:
    data = picture("JPEG")
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]


PDF, JPEG, PNG, HEIC, WEBP = pdf(), picture("JPEG"), picture("PNG"), picture("HEIF"), picture("WEBP")
ENCRYPTED = pdf(change=lambda writer: writer.encrypt("secret"))
SCRIPT = pdf(change=_named_script)
OPENS_SCRIPT = pdf(change=_open_action(_named(S="/JavaScript", JS="app.alert(1)")))
OPENS_PAGE = pdf(change=lambda writer: writer.root_object.update(
    {NameObject("/OpenAction"): ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])}))  # fmt: skip
EMBEDDED = pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ"))
HIDDEN_LAUNCH = in_object_streams(pdf(change=_hidden_action))
PAGE_ACTION = in_object_streams(pdf(change=_page_action))
assert len(PdfReader(io.BytesIO(HIDDEN_LAUNCH)).pages) == 2

# (name, bytes, code of the refusal)
HOSTILE: list[tuple[str, bytes, str]] = [
    ("空.pdf", b"", "empty"),
    ("large.pdf", PDF + b"\n" * (10 << 20), "large"),
    ("执照.exe", PDF, "kind"),
    ("执照", PDF, "kind"),
    (".pdf", PDF, "kind"),
    ("材料.docx", zipped(), "kind"),
    ("材料.zip", zipped(), "kind"),
    ("材料.svg", b"<svg onload='alert(1)'/>", "kind"),
    ("页面.html", b"<html></html>", "kind"),
    ("执照.exe.pdf", PDF, "double"),
    ("执照.pdf.png", PNG, "double"),
    ("照片.html.jpg", JPEG, "double"),
    ("执照.pdf", PNG, "other"),
    ("执照.jpg", PDF, "other"),
    ("执照.png", JPEG, "other"),
    ("执照.pdf", zipped(), "other"),
    ("执照.pdf", b"<html><script>alert(1)</script></html>" + PDF, "other"),
    ("执照.pdf", b"MZ" + PDF, "other"),
    ("照片.heic", JPEG, "other"),
    ("执照.pdf", ENCRYPTED, "encrypted"),
    ("执照.pdf", SCRIPT, "active"),
    ("执照.pdf", OPENS_SCRIPT, "active"),
    ("执照.pdf", EMBEDDED, "active"),
    ("执照.pdf", HIDDEN_LAUNCH, "active"),
    ("执照.pdf", PAGE_ACTION, "active"),
    ("执照.pdf", PDF + zipped(), "polyglot"),
    ("执照.pdf", PDF + b"<html><script>alert(1)</script>", "polyglot"),
    ("执照.pdf", PDF[: len(PDF) // 2], "damaged"),
    ("执照.pdf", b"%PDF-1.7\n" + b"x" * 4000 + b"\n%%EOF\n", "damaged"),
    ("照片.jpg", JPEG + zipped(), "polyglot"),
    ("照片.jpg", JPEG + PDF, "polyglot"),
    ("照片.png", PNG + b"<html><script>alert(1)</script>", "polyglot"),
    ("照片.jpg", commented_jpeg(b"<script>alert(1)</script>"), "polyglot"),
    ("照片.jpg", JPEG[: len(JPEG) // 2], "damaged"),
    ("照片.png", PNG[:60], "damaged"),
    ("照片.png", png_bomb(), "bomb"),
]  # fmt: skip
