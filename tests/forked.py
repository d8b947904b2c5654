"""The program without waiting for Python to start: a process that has imported all of it, and forks for each call.

Starting Python and importing what a command needs costs several times what the command does, and tests call hundreds.
What runs in the fork is the real entry point, with the arguments, folder, environment and files of the caller.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys

_READY = b"ready\n"
_PLAIN, _TERMINAL = b"x", b"t"


def call(server: str, arguments: list[str], cwd: str, environ: dict[str, str], files: tuple[int, int, int]) -> int:
    """Have the server at a socket's path run the program; returns the exit code."""
    with _asked(server, _PLAIN, arguments, cwd, environ, files) as wire:
        code = wire.recv(16)
    if not code:
        raise RuntimeError("the program was ended by a signal")
    return int(code)


def call_on_terminal(
    server: str, arguments: list[str], cwd: str, environ: dict[str, str], files: tuple[int, int, int]
) -> tuple[int, socket.socket]:
    """Have the server run the program in a session of its own, whose terminal is its input; returns at once.

    Returns the process, which leads a group of its own, and a socket that says the exit code when the program ends; it
    says nothing where that was by a signal.
    """
    wire = _asked(server, _TERMINAL, arguments, cwd, environ, files)
    return int(wire.recv(16)), wire


def _asked(
    server: str, kind: bytes, arguments: list[str], cwd: str, environ: dict[str, str], files: tuple[int, int, int]
) -> socket.socket:
    wire = socket.socket(socket.AF_UNIX)
    wire.settimeout(120)
    wire.connect(server)
    socket.send_fds(wire, [kind], files)
    wire.sendall(json.dumps([arguments, cwd, environ]).encode("ascii"))
    wire.shutdown(socket.SHUT_WR)
    return wire


def start() -> str:
    """Start a server that ends with this process; returns its socket's path."""
    import atexit
    import shutil
    import subprocess
    import tempfile
    from pathlib import Path

    folder = tempfile.mkdtemp(prefix="jv")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = os.path.join(folder, "s")
    repository = str(Path(__file__).parent.parent)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=repository,
        env={**os.environ, "PYTHONPATH": repository, "PYTHONUTF8": "1"},
    )
    assert server.stdout is not None
    assert server.stdout.readline() == _READY
    _SERVERS.append(server)  # its input stays open as long as we live
    return path


_SERVERS: list[object] = []


def _serve(path: str) -> None:
    import gc
    import select
    import signal

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        _import_all()
        gc.freeze()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        os.write(1, _READY)
        while True:
            ready, _, _ = select.select([door, 0], [], [])
            if 0 in ready:
                return
            wire, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _answer(wire)
            wire.close()


def _import_all() -> None:
    """Import the program, and what its commands import when they are called."""
    import importlib
    import pkgutil
    import tempfile

    import jobvault
    from jobvault.cli.main import run

    for module in pkgutil.walk_packages(jobvault.__path__, "jobvault."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        shared = ["--vault", os.path.join(folder, "tour"), "--no-input"]
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            run(["demo", os.path.join(folder, "tour")])
            run(["new", "Acme", "--on", "last friday", "--dry-run", *shared])
            run(["check", *shared])


def _answer(wire: socket.socket) -> None:
    """Run the program as one call says, and never return."""
    import signal
    import time
    import traceback

    code = 70
    try:
        kind, files, _, _ = socket.recv_fds(wire, 1, 3)
        request = b"".join(iter(lambda: wire.recv(65536), b""))
        arguments, cwd, environ = json.loads(request)
        for place, file in enumerate(files):
            os.dup2(file, place)
            os.close(file)
        if kind == _TERMINAL:
            _take_terminal()
            wire.sendall(str(os.getpid()).encode())
        sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environ)
        time.tzset()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sys.argv = ["jobvault", *arguments]
        from jobvault.__main__ import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - as Python itself would show it
        traceback.print_exc()
        code = 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        wire.sendall(str(code).encode())
        os._exit(0)


def _take_terminal() -> None:
    """Lead a session whose terminal is standard input, and heed its Ctrl-C."""
    import fcntl
    import signal
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    if sys.argv[1] == "call":
        sys.exit(call(sys.argv[2], sys.argv[3:], os.getcwd(), dict(os.environ), (0, 1, 2)))
    _serve(sys.argv[1])
