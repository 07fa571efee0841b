"""Fetch, check and lower the front-end files we ship; for maintainers, never needed at run time.

python tools/vendor.py           writes static/vendor/ and tests/vendor/ with their manifests
python tools/vendor.py --check   exits 1 when the committed files differ from what would be written
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOOR = "chrome72"  # the oldest browser kernel the product promises to work on


@dataclass(frozen=True)
class Package:
    """One pinned package of the npm registry; integrity is the registry's own sha512."""

    name: str
    version: str
    licence: str
    integrity: str

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class Taken:
    """One file taken out of a package: where from, where to, and how it is changed on the way."""

    package: Package
    source: str
    target: str
    change: str = "copy"  # copy | css | lower


BOOTSTRAP = Package(
    "bootstrap",
    "5.3.9",
    "MIT",
    "sha512-20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
)
HTMX = Package(
    "htmx.org",
    "2.0.11",
    "0BSD",
    "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "MPL-2.0",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)
ESBUILD = Package(
    "@esbuild/linux-x64",
    "0.28.2",
    "MIT",
    "sha512-4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
)

FILES = (
    Taken(BOOTSTRAP, "dist/css/bootstrap.min.css", "static/vendor/bootstrap.min.css", "css"),
    Taken(BOOTSTRAP, "LICENSE", "static/vendor/bootstrap.LICENSE.txt"),
    Taken(HTMX, "dist/htmx.js", "static/vendor/htmx.min.js", "lower"),
    Taken(HTMX, "LICENSE", "static/vendor/htmx.LICENSE.txt"),
    Taken(AXE, "axe.min.js", "tests/vendor/axe.min.js"),
    Taken(AXE, "LICENSE", "tests/vendor/axe.LICENSE.txt"),
)


def run(*command: str, cwd: Path) -> str:
    """Standard output of a command; an error of the command ends the program."""
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def fetch(package: Package, folder: Path) -> tarfile.TarFile:
    """The package's archive, after its digest was compared with the pinned one."""
    name = run("npm", "pack", "--silent", package.spec, cwd=folder).split()[-1]
    body = (folder / name).read_bytes()
    digest = "sha512-" + base64.b64encode(hashlib.sha512(body).digest()).decode()
    if digest != package.integrity:
        raise SystemExit(f"{package.spec}: the archive's digest is {digest}, pinned is {package.integrity}")
    return tarfile.open(folder / name)


def member(archive: tarfile.TarFile, path: str) -> bytes:
    """One file of an npm archive (everything lies under package/)."""
    found = archive.extractfile(f"package/{path}")
    if found is None:
        raise SystemExit(f"{path} is not a file of the archive")
    return found.read()


def lower(source: bytes, folder: Path) -> bytes:
    """JavaScript minified and rewritten so that the oldest promised browser can read it."""
    tool = folder / "esbuild"
    if not tool.exists():
        tool.write_bytes(member(fetch(ESBUILD, folder), "bin/esbuild"))
        tool.chmod(0o755)
    (folder / "in.js").write_bytes(source)
    flags = ("--minify", f"--target={FLOOR}", "--legal-comments=none")
    return run(str(tool), "in.js", *flags, cwd=folder).encode()


def changed(taken: Taken, body: bytes, folder: Path) -> bytes:
    """The file as we ship it."""
    if taken.change == "lower":
        return lower(body, folder)
    if taken.change == "css":
        return b"\n".join(line for line in body.splitlines() if b"sourceMappingURL" not in line) + b"\n"
    return body


def build(folder: Path) -> dict[str, bytes]:
    """Every vendored file by its path in the repository, manifests included."""
    archives = {p: fetch(p, folder) for p in dict.fromkeys(t.package for t in FILES)}
    built = {t.target: changed(t, member(archives[t.package], t.source), folder) for t in FILES}
    for home in ("static/vendor", "tests/vendor"):
        entries = [entry(t, built[t.target]) for t in FILES if t.target.startswith(home)]
        built[f"{home}/manifest.json"] = (json.dumps(entries, indent=2) + "\n").encode()
    return built


def entry(taken: Taken, body: bytes) -> dict[str, str]:
    """What the manifest says about one file."""
    return {
        "file": Path(taken.target).name,
        "package": taken.package.name,
        "version": taken.package.version,
        "licence": taken.package.licence,
        "source": taken.source,
        "change": f"lowered to {FLOOR}, minified" if taken.change == "lower" else taken.change,
        "sha256": hashlib.sha256(body).hexdigest(),
    }


def differs(path: Path, body: bytes) -> bool:
    """Whether the file is missing or holds something else."""
    return not path.exists() or path.read_bytes() != body


def main(arguments: list[str]) -> int:
    """Write the files, or with --check only compare them: 0 well, 1 they differ, 2 wrongly called."""
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder))
    stale = [path for path, body in built.items() if differs(ROOT / path, body)]
    for path in stale:
        print("differs:" if arguments else "written:", path)
        if not arguments:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_bytes(built[path])
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
