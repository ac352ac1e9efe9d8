"""What can go wrong with records, each as one sentence with a remedy, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roleplay.scenarios.model import Language

_SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "locked": ("紀錄檔正被另一個程式使用：{where}。關掉另一個視窗再試。", "The records are in use by another program: {where}. Close it and try again."),
        "read_only": ("紀錄檔不能寫入：{where}。檢查權限，或用 --store 指定別的位置。", "The records cannot be written: {where}. Check permissions, or name another place with --store."),
        "disk_full": ("磁碟滿了，這一步沒有存進去；先前的都在。清出空間後再送一次。", "The disk is full; this step was not kept, everything before it was. Free some space and send again."),
        "damaged": ("紀錄檔損壞：{where}（{why}）。請用備份，或以 --store 指定新檔。", "The record file is damaged: {where} ({why}). Use a backup, or name a new file with --store."),
        "not_a_store": ("{where} 不是紀錄檔。用 --store 指定別的檔案。", "{where} is not a record file. Name another with --store."),
        "newer": ("{where} 是較新版本的程式寫的（格式 {why}）。請更新程式。", "{where} was written by a newer version (format {why}). Update the program."),
        "cannot_open": ("打不開紀錄：{where}（{why}）。", "Cannot open the records: {where} ({why})."),
        "no_such_session": ("沒有這一場：{where}。用 roleplay transcripts 看清單。", "There is no session {where}. See: roleplay transcripts"),
        "moved_on": ("這一場已經在別處繼續了。請重新接續：roleplay play --resume {where}", "This session has moved on elsewhere. Resume it again: roleplay play --resume {where}"),
        "other_record": ("已經有同一場但內容不同的紀錄：{where}。沒有匯入任何東西。", "There is a different record of the same session {where}. Nothing was imported."),
        "bad_transcript": ("這份紀錄檔不能用：第 {where} 行，{why}", "This transcript cannot be used: line {where}, {why}"),
        "driver_missing": ("缺少連接 {where} 的套件。", "The package to connect to {where} is not installed."),
    }
)  # fmt: skip


class StoreProblem(Exception):
    """Something about the records that a person can do something about. Nothing that was acknowledged is lost."""

    def __init__(self, code: str, where: str = "", why: str = "") -> None:
        super().__init__(f"{code} {where} {why}".strip())
        self.code = code
        self.where = where
        self.why = why

    def sentence(self, language: Language) -> str:
        zh, en = _SENTENCES[self.code]
        return (zh if language == "zh" else en).format(where=self.where, why=self.why)
