"""Contact sheets: small enough to keep, each picture once, each kind of page once."""

import pytest
from PIL import Image

from scripts import sheets
from scripts.screens import NAMED, Place


def test_a_sheet_is_small_however_much_is_on_it(tmp_path):
    shown = []
    for n in range(30):
        path = tmp_path / f"{n}.png"
        Image.effect_noise((640, 900), 90).convert("RGB").save(path)
        shown.append((path, f"/page/{n}"))
    sheets.sheet(shown, tmp_path / "out.jpg", 4, 360, 620)
    size = (tmp_path / "out.jpg").stat().st_size
    with Image.open(tmp_path / "out.jpg") as made:
        assert made.format == "JPEG" and made.width > 1000
    assert size < 1_200_000  # noise is the worst there is; real pages fall under the limit
    flat = [(tmp_path / "flat.png", "/")]
    Image.new("RGB", (1280, 3000), "white").save(flat[0][0])
    sheets.sheet(flat, tmp_path / "flat.jpg", 4, 360, 620)
    assert (tmp_path / "flat.jpg").stat().st_size <= sheets.LARGEST


def test_pictures_of_different_places_have_different_names():
    one, other = (Place("clerk", "intake1", path, "/cases/#") for path in ("/cases/1", "/cases/2"))
    names = {sheets.name_of(place, width, "zh") for place in (one, other) for width in (360, 1280)}
    assert len(names) == 4


@pytest.mark.parametrize(("path", "kind"), [
    ("/drafts/draft-aZ09_-xy/record", "/drafts/#/record"), ("/records/Qw_-12", "/records/#"),
    ("/drafts/draft-a/points/new?record=Zz", "/drafts/#/points/new?record=#"),
    ("/documents/12.pdf", "/documents/#.pdf"),
    ("/inbox?tab=mine", "/inbox?tab=#"), ("/progress", "/progress"),
])  # fmt: skip
def test_numbers_and_keys_make_no_new_kind(path, kind):
    assert kind == NAMED.sub("#", path)
