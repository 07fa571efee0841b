"""Draws pages of untrusted files as pictures, binds photographs, reads text; a program for services/sandbox.py."""

import io
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from services.confined import Answer, Refused, serve

MOST_PIXELS = 60_000_000
FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",)}
Image.MAX_IMAGE_PIXELS = None  # picture() counts them itself, before anything is unfolded


def picture(data: bytes, kind: str) -> Image.Image:
    """The decoded picture; its own parser must agree with the kind."""
    try:
        found = Image.open(io.BytesIO(data), formats=FORMATS[kind])
    except UnidentifiedImageError:
        raise Refused("damaged") from None
    if found.width * found.height > MOST_PIXELS:
        raise Refused("bomb")
    found.load()
    return found


def jpeg(image: Image.Image, quality: int) -> bytes:
    """As JPEG without any metadata, transparent parts white."""
    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def draw(order: dict[str, Any], files: list[bytes]) -> Answer:
    """One page, turned clockwise and so wide, as JPEG."""
    if order["kind"] == "pdf":
        upright = _draw_pdf(files[0], order["page"], order["width"])
    else:
        upright = ImageOps.exif_transpose(picture(files[0], order["kind"]))
    turned = upright.rotate(-order["rotate"], expand=True) if order["rotate"] else upright
    if turned.width > order["width"]:
        height = max(1, round(turned.height * order["width"] / turned.width))
        turned = turned.resize((order["width"], height), Image.Resampling.LANCZOS)
    return {"page": order["page"]}, jpeg(turned, 85)


def _draw_pdf(data: bytes, page: int, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise Refused("page")
    sheet = document[page - 1]
    across, down = sheet.get_size()
    scale = min(width / max(across, 1), (MOST_PIXELS / 4 / max(across * down, 1)) ** 0.5)
    return sheet.render(scale=scale, may_draw_forms=False).to_pil()


def bind(order: dict[str, Any], files: list[bytes]) -> Answer:
    """Several photographs as one PDF, a page each, upright."""
    sheets = [_sheet(data, kind) for data, kind in zip(files, order["kinds"], strict=True)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200, quality=88)
    return {"pages": len(sheets)}, out.getvalue()


def _sheet(data: bytes, kind: str) -> Image.Image:
    upright = ImageOps.exif_transpose(picture(data, kind))
    upright.thumbnail((2480, 3508))
    return Image.open(io.BytesIO(jpeg(upright, 92)))


def words(order: dict[str, Any], files: list[bytes]) -> Answer:
    """The text of a PDF's first pages."""
    document = pypdfium2.PdfDocument(files[0])
    pages = [document[at].get_textpage().get_text_bounded() for at in range(min(len(document), order["pages"]))]
    return {"text": "\n".join(pages)}, b""


if __name__ == "__main__":
    serve({"draw": draw, "bind": bind, "words": words})
