"""Bill of materials (CycloneDX 1.6, JSON) of what `requirements.lock` installs: versions, hashes, licences, needs.

    python scripts/sbom.py [FILE]

Licences are those that the installed packages state. What only PostgreSQL needs has the scope "optional", what only
developers install "excluded". The same lock gives the same bytes: the serial number is made from the content.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Pins = dict[str, tuple[str, list[str]]]
Named = tuple[str, tuple[str, ...]]
ROOT = Path(__file__).parent.parent
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([\w.+!-]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main(arguments: list[str]) -> int:
    text = json.dumps(bill(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if arguments:
        Path(arguments[0]).write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The bill as CycloneDX has it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(locked(root / "requirements.lock"))
    running = needed(project["dependencies"], pins)
    optional = needed(project["optional-dependencies"]["postgresql"], pins)
    scopes = dict.fromkeys(pins, "excluded") | dict.fromkeys(optional, "optional") | dict.fromkeys(running, "required")
    components = [_component(name, *pins[name], scopes[name]) for name in sorted(pins)]
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    needs = {own: _direct(project["dependencies"], pins)}
    needs |= {_url(name, pins): _needs(name, (), pins) for name in pins}
    links = [{"ref": ref, "dependsOn": sorted({_url(name, pins) for name, _ in found})}
             for ref, found in sorted(needs.items())]  # fmt: skip
    made: dict[str, Any] = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components, "dependencies": links,
        "metadata": {"component": {
            "type": "application", "name": project["name"], "version": project["version"], "bom-ref": own, "purl": own,
            "licenses": [{"license": {"id": project["license"]}}],
        }},
    }  # fmt: skip
    content = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    return made | {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}"}


def locked(lock: Path) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """Name, version and hashes of each line of the lock."""
    for part in re.split(r"\n(?=\S)", lock.read_text("utf-8")):
        pin = _PINNED.match(part)
        if pin:
            yield canonicalize_name(pin[1]), (pin[2], sorted(_HASH.findall(part)))


def needed(requirements: list[str], pins: Pins) -> set[str]:
    """Everything that these requirements bring with them."""
    found: set[Named] = set()
    waiting = list(_direct(requirements, pins))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _needs(*one, pins)
    return {name for name, _ in found}


def licence(name: str) -> str | None:
    """What an installed package says of its licence, None where it is not installed here or says nothing."""
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:
        return None
    classifiers = told.get_all("Classifier") or []
    classes = [line.split("::")[-1].strip() for line in classifiers if line.startswith("License ::")]
    first = (told.get("License") or "").strip().split("\n")[0]
    expression = told.get("License-Expression") or (first if 0 < len(first) <= 60 else "")
    return str(expression or " OR ".join(classes) or "") or None


def _component(name: str, version: str, hashes: list[str], scope: str) -> dict[str, Any]:
    url = f"pkg:pypi/{name}@{version}"
    made: dict[str, Any] = {
        "type": "library", "name": name, "version": version, "bom-ref": url, "purl": url,
        "scope": scope,
        "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
    }  # fmt: skip
    stated = licence(name)
    return made | ({"licenses": [{"license": {"name": stated}}]} if stated else {})


def _url(name: str, pins: Pins) -> str:
    return f"pkg:pypi/{name}@{pins[name][0]}"


def _direct(requirements: list[str], pins: Pins, extras: tuple[str, ...] = ()) -> set[Named]:
    """Pinned packages that requirements name on this machine, with the extras that they ask for."""
    found = set()
    for line in requirements:
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            found.add((str(canonicalize_name(one.name)), tuple(sorted(one.extras))))
    return {(name, asked) for name, asked in found if name in pins}


def _needs(name: str, extras: tuple[str, ...], pins: Pins) -> set[Named]:
    try:
        return _direct(distribution(name).requires or [], pins, extras)
    except PackageNotFoundError:
        return set()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
