"""What can go wrong that a person has to be told: one base, each leaf builds its own sentence."""

from __future__ import annotations

import shlex
from typing import ClassVar


class JobvaultError(Exception):
    """Something the user can mend. Its text is one clear sentence: what, where, what to do.

    ``exit_code`` is what the command line returns: 1, or 2 where the command was used wrongly.
    """

    exit_code: ClassVar[int] = 1


class UsageError(JobvaultError):
    """The command or call was used wrongly."""

    exit_code = 2


class NoVaultError(JobvaultError):
    """No vault was found, or the folder that was ``named`` is none."""

    def __init__(self, where: str, *, named: bool = False, by: str = "") -> None:
        self.named = named
        if named:
            from_where = f", which {by} names," if by else ""
            text = f"{where}{from_where} is not a vault: it holds no jobvault.yaml. "
            text += f"Make it one with `jobvault init {shlex.quote(where)}`."
        else:
            text = (
                f"No vault found from {where} upwards: there is no jobvault.yaml, JOBVAULT_DIR is not set and no "
                "default vault is known. Make one with `jobvault init`, or name one with --vault PATH."
            )
        super().__init__(text)


class SettingsError(JobvaultError):
    """``jobvault.yaml`` cannot be used as it stands.

    ``path`` is shown as it is, ``line`` counts from 1 (None: the whole file).
    """

    def __init__(self, path: str, line: int | None, what: str, hint: str = "") -> None:
        self.path, self.line, self.what, self.hint = path, line, what, hint
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {what}" + (f" {hint}" if hint else ""))


class RefusedError(JobvaultError):
    """An edit or write that was not made, because it could not be made safely. Nothing was changed."""

    def __init__(self, path: str, line: int | None, why: str) -> None:
        self.path, self.line, self.why = path, line, why
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {why} Nothing was written.")


class ChangedError(RefusedError):
    """The note on disk is no longer the one that was read; read again and retry."""

    def __init__(self, path: str) -> None:
        super().__init__(path, None, "the note changed while it was being edited.")


class DiskError(RefusedError):
    """A note was not written because the disk failed or is full; the next note will fare no better."""


class NotUndoneError(JobvaultError):
    """A command was not taken back, since its notes ``paths`` have changed since. Nothing was written.

    ``by_hand`` has a row for each of them: how its text from before is to be had.
    """

    def __init__(self, command: str, paths: tuple[str, ...], by_hand: tuple[str, ...]) -> None:
        self.paths = paths
        rows = "".join(f"\n  {row}" for row in by_hand)
        super().__init__(
            f"{command} cannot be taken back: what it wrote has changed since.{rows}\n"
            "Nothing was written. `jobvault undo --list` shows the other commands, each with the id that takes it back."
        )


class BusyError(JobvaultError):
    """Another jobvault is writing in the vault, and did not end in time."""


class NotFoundError(JobvaultError):
    """Nothing in the vault answers to what was asked for."""


class AmbiguousError(JobvaultError):
    """Several things answer to what was asked for. ``candidates`` are lines to show, best first."""

    def __init__(self, what: str, candidates: tuple[str, ...], hint: str = "") -> None:
        self.candidates = candidates
        rows = "".join(f"\n  {row}" for row in candidates)
        super().__init__(f"{what}{rows}" + (f"\n{hint}" if hint else ""))


class TemplateError(JobvaultError):
    """A template cannot be rendered, or passed its bounds.

    ``path`` and ``line`` say where (no line: the whole of it), ``own`` whether it is one of the vault's, whose path is
    then one in the vault.
    """

    def __init__(self, path: str, line: int | None, what: str, *, own: bool = False) -> None:
        self.path, self.line, self.what, self.own = path, line, what.rstrip("."), own
        place = path if line is None else f"{path}:{line}"
        hint = " Mend it, or delete it." if own else ""
        super().__init__(f"{place}: {self.what}." + hint)
