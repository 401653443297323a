"""`rasoat users`: who signs in to the review page."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from flows.commands import note, space_of
from flows.settings import Workspace
from outputs.workbench.users import User, WrongUser, load, made, save

FILE = "nguoi-dung.json"


def place_of(space: Workspace) -> Path:
    """The file of users of a workspace, beside `rasoat.toml`."""
    return space.corpus.parent / FILE


def command(options: Namespace) -> int:
    """List users, add one (or give a new password), remove one."""
    space = space_of(options)
    if space is None:
        return 2
    place = place_of(space)
    try:
        known = dict(load(place))
        if options.action == "list":
            for one in known.values():
                print(f"{one.login}\t{one.name}")
            return 0
        if not options.login:
            raise WrongUser(f"rasoat users {options.action} cần tên đăng nhập.")
        if options.action == "remove":
            if known.pop(options.login, None) is None:
                raise WrongUser(f"Không có người dùng {options.login}.")
        else:
            known[options.login] = _asked(options, known)
        save(place, known)
    except WrongUser as error:
        note(str(error))
        return 2
    note(f"Đã {'bỏ' if options.action == 'remove' else 'ghi'} {options.login}; có hiệu lực ngay.")
    return 0


def watched(place: Path) -> Callable[[], Mapping[str, User]]:
    """The users as the file has them now, read again when it changes. A file that cannot be read lets nobody in."""
    kept: tuple[int, Mapping[str, User]] = (-1, {})

    def users() -> Mapping[str, User]:
        nonlocal kept
        try:
            mark = place.stat().st_mtime_ns
            if mark != kept[0]:
                kept = (mark, load(place))
        except (OSError, WrongUser):
            return {}
        return kept[1]

    return users


def _asked(options: Namespace, known: Mapping[str, User]) -> User:
    old = known.get(options.login)
    name = options.full_name or (old.name if old else options.login)
    if any(one.name == name and one.login != options.login for one in known.values()):
        raise WrongUser(f"Đã có người dùng khác tên “{name}”: quyết định phải biết là của ai.")
    if not sys.stdin.isatty():
        return made(options.login, name, sys.stdin.readline().rstrip("\n"))
    password = getpass.getpass("Mật khẩu: ")
    if getpass.getpass("Nhập lại mật khẩu: ") != password:
        raise WrongUser("Hai lần nhập không giống nhau.")
    return made(options.login, name, password)
