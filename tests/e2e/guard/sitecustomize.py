"""Loaded by every Python process of a guarded test: notes each attempt to reach another machine, and refuses it."""

import os
import socket

_LOG = os.environ.get("GUARD_LOG")
_LOCAL = ("127.", "::1", "localhost", "0.0.0.0")
_connect, _resolve = socket.socket.connect, socket.getaddrinfo


def _note(what: object) -> None:
    with open(_LOG or os.devnull, "a", encoding="utf-8") as log:
        log.write(f"{what}\n")


def _guarded_connect(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOCAL):
        _note(address)
        raise ConnectionRefusedError(f"guard: {address}")
    return _connect(self, address)


def _guarded_resolve(host: object, *rest: object, **named: object) -> object:
    if host and not str(host).startswith(_LOCAL) and str(host) != socket.gethostname():
        _note(host)
        raise socket.gaierror(f"guard: {host}")
    return _resolve(host, *rest, **named)


socket.socket.connect = _guarded_connect
socket.getaddrinfo = _guarded_resolve
