"""A small client of language servers, for the tests that let a real one look at our files.

Only what the tests need of the protocol (https://microsoft.github.io/language-server-protocol/, version 3.17): open a
document, wait for what the server finds in it, ask for completions and for what it says about a word.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Self

_SECONDS = 60


class LanguageServer:
    """A server that runs while the ``with`` block does; ``settings`` is what an editor would have configured."""

    def __init__(self, command: Sequence[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._folder = folder
        self._command = command
        self._answers: Queue[dict[str, Any]] = Queue()
        self._found: dict[str, list[dict[str, Any]]] = {}
        self._number = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._folder
        )
        threading.Thread(target=self._listen, daemon=True).start()
        root = self._folder.as_uri()
        can = {
            "workspace": {"configuration": True, "didChangeConfiguration": {}, "workspaceFolders": True},
            "textDocument": {"publishDiagnostics": {}, "completion": {}, "hover": {}},
        }
        folders = [{"uri": root, "name": self._folder.name}]
        self._ask("initialize", processId=None, rootUri=root, capabilities=can, workspaceFolders=folders)
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=self._settings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def open(self, path: Path, language: str) -> list[tuple[int, str]]:
        """Open a file; what the server finds wrong in it: lines, counted from 1, and sentences."""
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8")
        self._tell(
            "textDocument/didOpen", textDocument={"uri": uri, "languageId": language, "version": 1, "text": text}
        )
        while uri not in self._found:
            self._take()
        return sorted((one["range"]["start"]["line"] + 1, one["message"]) for one in self._found[uri])

    def completions(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place (line from 1, column from 0), each with its documentation."""
        answer = self._ask("textDocument/completion", **self._place(path, line, column))
        items = answer if isinstance(answer, list) else answer["items"]
        return {item["label"]: _text(item.get("documentation")) for item in items}

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is said about the word at a place."""
        answer = self._ask("textDocument/hover", **self._place(path, line, column))
        return _text(answer["contents"]) if answer else ""

    def _place(self, path: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column}}

    def _ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _take(self) -> dict[str, Any]:
        """Take the server's next message; keep what it found, answer what it asks."""
        try:
            message = self._answers.get(timeout=_SECONDS)
        except Empty:
            raise AssertionError(f"{self._command[0]} said nothing for {_SECONDS} s") from None
        if message.get("method") == "textDocument/publishDiagnostics":
            self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._told(message)})
        return message

    def _told(self, request: Mapping[str, Any]) -> Any:
        if request["method"] == "workspace/workspaceFolders":
            return [{"uri": self._folder.as_uri(), "name": self._folder.name}]
        if request["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section")) for item in request["params"]["items"]]

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            while stream.readline().strip():
                pass
            self._answers.put(json.loads(stream.read(length)))


def _text(said: Any) -> str:
    return said if isinstance(said, str) else "" if said is None else str(said.get("value", said))
