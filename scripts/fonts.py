"""Fetches the free 仿宋, 黑体, 楷体 and 宋体 (Fandol) out of a Debian package, without being root."""

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from documents.faces import everyday, renamed
from documents.fonts import Fonts, folder, locate

__all__ = ["CannotFetch", "Fonts", "install", "locate"]
PACKAGE = "texlive-lang-chinese"
FANG = "FandolFang-Regular.otf"
RENAMED = {
    "FandolHei-Regular.otf": ("XinfuHei.otf", "Xinfu Hei"), "FandolKai-Regular.otf": ("XinfuKai.otf", "Xinfu Kai"),
    "FandolSong-Regular.otf": ("XinfuSong.otf", "Xinfu Song"), "FandolSong-Bold.otf": ("XinfuTitle.otf", "Xinfu Title"),
}
FACES = {FANG, *RENAMED}
MADE = {"XinfuFang.ttf", *(name for name, _ in RENAMED.values())}
LICENCE = {"fonts/fandol/README": "README-Fandol", "fonts/fandol/COPYING.gz": "COPYING-Fandol.gz"}


class CannotFetch(Exception):
    """The package cannot be had here; letters are then drawn in Noto alone."""


def install(target: Path | None = None, package: Path | None = None) -> Fonts:
    """Put the Fandol faces and their licence into a folder (default: documents.fonts.folder()).

    Takes them from a .deb given (offline bundle) or downloads it. Does nothing where they already are.
    Raises CannotFetch.
    """
    place = target or folder()
    if all((place / name).is_file() for name in {FANG, *MADE}):
        return locate(place)
    with tempfile.TemporaryDirectory(prefix="xinfu-fonts-") as scratch:
        faces = Path(scratch) / "faces"
        _unpack(package or _download(Path(scratch)), faces)
        _make(faces)
        place.mkdir(parents=True, exist_ok=True)
        for path in faces.iterdir():
            shutil.move(path, place / path.name)
    return locate(place)


def _make(faces: Path) -> None:
    """Our own faces beside Fandol's, of which only the whole 仿宋 stays."""
    everyday(faces / FANG, faces / "XinfuFang.ttf", "Xinfu Fang")
    for source, (name, family) in RENAMED.items():
        renamed(faces / source, faces / name, family)
        (faces / source).unlink()


def _download(scratch: Path) -> Path:
    """The package file, fetched by apt into the scratch folder."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise CannotFetch(f"no apt here; copy the Fandol .otf files into {folder()}")
    done = subprocess.run(["apt-get", "download", PACKAGE], cwd=scratch, capture_output=True, text=True)
    found = sorted(scratch.glob("*.deb"))
    if done.returncode or not found:
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise CannotFetch(f"apt-get download {PACKAGE}: {why} (apt-get update first?)")
    return found[0]


def _unpack(package: Path, target: Path) -> None:
    """Take only the faces and their licence out of a package."""
    target.mkdir()
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as stream:
        with tarfile.open(fileobj=stream.stdout, mode="r|") as archive:
            for member in archive:
                name = _wanted(member.name)
                if name and member.isfile() and (source := archive.extractfile(member)):
                    (target / name).write_bytes(source.read())
    if absent := FACES - {path.name for path in target.iterdir()}:
        raise CannotFetch(f"{package.name} has no {', '.join(sorted(absent))}")


def _wanted(member: str) -> str | None:
    """The file name under which a member of the package is kept, None if it is not."""
    name = PurePosixPath(member).name
    paper = next((kept for path, kept in LICENCE.items() if member.endswith(path)), None)
    return paper or (name if name in FACES else None)


def main(arguments: list[str]) -> int:
    """Fetch and report: 0 when every face is there, 1 when something is left to do."""
    parser = argparse.ArgumentParser(prog="fonts", description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to (default: XINFU_FONTS or the user's data folder)")
    parser.add_argument("--deb", type=Path, help="take them from this package file instead of downloading it")
    parser.add_argument("--check", action="store_true", help="only say what is there")
    chosen = parser.parse_args(arguments)
    try:
        fonts = locate(chosen.folder) if chosen.check else install(chosen.folder, chosen.deb)
    except CannotFetch as error:
        print(f"fonts: {error}", file=sys.stderr)
        fonts = locate(chosen.folder)
    for role, face in fonts.roles:
        print(f"{role}: {face.family} ({face.path})")
    for advice in fonts.missing:
        print(f"missing: {advice}")
    return 1 if fonts.missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
