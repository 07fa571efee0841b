"""Rare names are drawn, impossible ones refused by name; fonts are found, fetched and made."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from documents import fonts, render
from documents.faces import gb2312
from documents.render import MissingGlyph
from documents.samples import sample
from scripts import fonts as fetching
from scripts.gallery import gallery
from workflow.words import Paper


def embedded(pdf: bytes) -> set[str]:
    """Names of the fonts inside a PDF, without their subset prefix."""
    return {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"].get_object()["/Font"].values()
    }


@pytest.mark.parametrize("name", ["喆堃", "燊镕", "龘", "垚赟", "㛃", "𬎆", "祎玥"])
def test_rare_names_fall_back(name: str, text_of):
    drawn = render.render(Paper.D07, sample(Paper.D07, subject_name=f"王{name}"))
    assert f"申请人：王{name}" in text_of(drawn.pdf)
    assert any("CJK" in font for font in embedded(drawn.pdf))


def test_everyday_letters_need_no_fallback():
    assert not any("CJK" in font for font in embedded(render.render(Paper.D07, sample(Paper.D07)).pdf))


@pytest.mark.parametrize("character", [
    "\U0001F600", "\U000323AF", "\x00", "\x1b", "\u202e", "\u200b", "\ue000", "\ufffe", "\ud800", "\U000e0100",
])  # fmt: skip
def test_a_character_nobody_can_draw_is_named(character: str):
    with pytest.raises(MissingGlyph) as caught:
        render.render(Paper.D18, sample(Paper.D18, subject_name=f"王{character}明"))
    assert caught.value.characters == (character,)
    assert f"U+{ord(character):04X}" in str(caught.value)


def test_every_character_is_looked_at():
    items = [dict(sample(Paper.D07)["items"][0], reason="好\U0001F600")]
    with pytest.raises(MissingGlyph):
        render.render(Paper.D07, sample(Paper.D07, items=items))
    with pytest.raises(MissingGlyph):
        render.preview(Paper.D07, sample(Paper.D07, evidence=["好\U0001F601"]))


def test_without_fandol_letters_are_drawn_in_noto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text_of):
    monkeypatch.setenv("XINFU_FONTS", str(tmp_path))
    found = fonts.locate()
    assert found.roles == () and any("scripts.fonts" in advice for advice in found.missing)
    drawn = render.render(Paper.D07, sample(Paper.D07))
    assert all("CJK" in font for font in embedded(drawn.pdf)) and "查明的事实" in text_of(drawn.pdf)


def test_without_any_chinese_face_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XINFU_FONTS", str(tmp_path))
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", (tmp_path,))
    with pytest.raises(render.EngineMissing, match="fonts-noto-cjk"):
        render.render(Paper.D18, sample(Paper.D18))


def test_a_licensed_face_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ours = dict(fonts.locate().roles)
    if "kai" not in ours:
        pytest.fail("the free faces are not installed: " + fonts.FANDOL_ADVICE)
    shutil.copy(ours["kai"].path, tmp_path / "simfang.ttf")
    monkeypatch.setenv("XINFU_FONTS", str(tmp_path))
    assert fonts.locate().chain("fang")[0].path.name == "simfang.ttf"


def _package(folder: Path, names: set[str]) -> Path:
    """A package like Debian's, each face being the one whole face at hand."""
    whole = fonts.folder() / fonts.WHOLE_FANG
    place = folder / "tree/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    place.mkdir(parents=True)
    for name in names:
        shutil.copy(whole, place / name)
    (place / "other.txt").write_text("not taken")
    (folder / "tree/DEBIAN").mkdir()
    (folder / "tree/DEBIAN/control").write_text(
        "Package: faces\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: faces\n")
    subprocess.run(["dpkg-deb", "-Znone", "-b", folder / "tree", folder / "faces.deb"], check=True, capture_output=True)
    return folder / "faces.deb"


def test_faces_are_made_from_a_package(tmp_path: Path):
    package = _package(tmp_path, fetching.FACES)
    made = fetching.install(tmp_path / "fonts", package)
    assert {role for role, _ in made.roles} == set(fonts.CANDIDATES)
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == {fetching.FANG, *fetching.MADE}
    body = TTFont(tmp_path / "fonts/XinfuFang.ttf")
    assert gb2312() - {0x2015} <= set(body.getBestCmap()) and "glyf" in body
    whole = fonts.advances(fonts._face(tmp_path / "fonts" / fetching.FANG))
    ours = fonts.advances(dict(made.roles)["fang"])
    assert all(whole[code] == width for code, width in ours.items())
    assert len({face.family for _, face in made.roles}) == 5
    package.unlink()
    assert fetching.install(tmp_path / "fonts", package) == made  # a second time needs no package


def test_a_package_without_the_faces_is_refused(tmp_path: Path):
    with pytest.raises(fetching.CannotFetch, match="FandolKai"):
        fetching.install(tmp_path / "fonts", _package(tmp_path, fetching.FACES - {"FandolKai-Regular.otf"}))
    assert not (tmp_path / "fonts").exists()


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert fetching.main(["--check", "--folder", str(tmp_path)]) == 1
    assert "missing:" in capsys.readouterr().out


def test_the_gallery_draws_every_letter(tmp_path: Path):
    names = {path.name for path in gallery(tmp_path)}
    assert {f"{paper.value}.pdf" for paper in Paper} | {"D07-draft.pdf", "D07-1.png"} <= names
