"""What can go wrong with records, each as one sentence with a remedy, in two languages.

Owns the words. Refuses to know how a problem is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roleplay.scenarios.model import Language

_PROBLEMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "locked": ("紀錄檔正被另一個程式使用：{where}。關掉另一個視窗再試。", "The records are in use by another program: {where}. Close it and try again."),
        "read_only": ("紀錄檔不能寫入：{where}。檢查權限，或用 --store 指定別的位置。", "The records cannot be written: {where}. Check permissions, or name another place with --store."),
        "disk_full": ("磁碟滿了，這一步沒有存進去；先前的都在。清出空間後再送一次。", "The disk is full; this step was not kept, everything before it was. Free some space and send again."),
        "disk_failed": ("磁碟沒有收下這一步（{why}）；先前的都在。檢查磁碟與檔案大小的限制後再送一次。", "The disk did not take this step ({why}); everything before it was kept. Check the disk and the limit on file sizes, then send again."),
        "damaged": ("紀錄檔損壞：{where}（{why}）。請用備份，或以 --store 指定新檔。", "The record file is damaged: {where} ({why}). Use a backup, or name a new file with --store."),
        "not_a_store": ("{where} 不是紀錄檔，沒有動它。用 --store 指定別的檔案。", "{where} is not a record file; it was left as it is. Name another with --store."),
        "not_there": ("還沒有紀錄：{where}。練習一場就會建立，或用 --store 指定別的檔案。", "There are no records yet: {where}. Practise once to make them, or name another file with --store."),
        "newer": ("{where} 是較新版本的程式寫的（格式 {why}）。請更新程式。", "{where} was written by a newer version (format {why}). Update the program."),
        "cannot_open": ("打不開紀錄：{where}（{why}）。檢查路徑與權限，或用 --store 指定別的位置。", "Cannot open the records: {where} ({why}). Check the path and permissions, or name another place with --store."),
        "clash": ("另一個程式同時寫了同一筆，這一步沒有存進去：{where}。再試一次。", "Another program wrote the same thing at the same time; this step was not kept: {where}. Try again."),
        "cannot_keep": ("這一步不能存（{why}），紀錄沒有改變。換個寫法再送一次。", "This step cannot be kept ({why}); the records are unchanged. Write it another way and send again."),
        "full_session": ("這一場已有 {why} 筆紀錄，不能再加：{where}。請開始新的一場。", "This session has {why} records and takes no more: {where}. Start a new one."),
        "still_in_log": ("文字已從紀錄抹除，但 {where} 的暫存檔裡還留有一份（{why}）。關掉其他使用它的程式、清出磁碟空間，再抹除一次。", "The words are erased from the records, but a copy is left in the log of {where} ({why}). Close other programs that use it, free disk space, and erase again."),
        "no_such_session": ("沒有這一場：{where}。用 roleplay transcripts 看清單。", "There is no session {where}. See: roleplay transcripts"),
        "moved_on": ("這一場已經在別處繼續了。請重新接續：roleplay play --resume {where}", "This session has moved on elsewhere. Resume it again: roleplay play --resume {where}"),
        "other_record": ("已經有同一場但內容不同的紀錄：{where}。沒有匯入任何東西。", "There is a different record of the same session {where}. Nothing was imported."),
        "bad_transcript": ("這份紀錄檔不能用：第 {where} 行，{why}", "This transcript cannot be used: line {where}, {why}"),
        "driver_missing": ("缺少連接 {where} 的套件。", "The package to connect to {where} is not installed."),
    }
)  # fmt: skip

_FLAWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sequence": ("第 {record} 筆的編號是 {detail}，少了一筆或順序不對", "record {record} is numbered {detail}; one is missing or out of order"),
        "hash": ("第 {record} 筆的雜湊不符，內容被改過，或前面少了一筆", "the hash of record {record} does not fit; it was changed, or one before it is missing"),
        "words_changed": ("第 {record} 筆的原文不是當時所存的", "the typed text of record {record} is not the one committed to"),
        "words_missing": ("第 {record} 筆的原文不見了，也沒有註明已抹除", "the typed text of record {record} is missing and not marked as erased"),
        "words_unasked": ("第 {record} 筆附了一段當時沒有登記的原文", "record {record} comes with a typed text nobody committed to"),
        "unreadable": ("第 {record} 筆讀不懂（{detail}）", "record {record} cannot be read ({detail})"),
        "count": ("{detail}：筆數或最後的雜湊不符，最後的紀錄被刪改過", "{detail}: count or last hash do not fit, the last records were changed or removed"),
        "listing": ("清單上寫的（{detail}）與紀錄不同", "what the listing says ({detail}) is not what the records say"),
        "order": ("這些紀錄不能依這個順序發生（{detail}）", "the records cannot have happened in this order ({detail})"),
        "not_utf8": ("不是 UTF-8 文字", "this is not UTF-8 text"),
        "not_json": ("不是一個 JSON 物件（{detail}）", "this is not a JSON object ({detail})"),
        "not_canonical": ("寫法與原來的不同（鍵的順序、空白或跳脫字元被改過）", "this is not written as it was (order of keys, spaces or escapes were changed)"),
        "too_large": ("比一份紀錄檔可能有的還大", "the file is larger than a transcript can be"),
        "not_a_transcript": ("不是 roleplay 的紀錄檔", "this is not a roleplay transcript"),
        "version": ("不認得第 {detail} 版格式；是較新的程式寫的，請更新程式", "version {detail} is not known; a newer program wrote it, update yours"),
        "shape": ("{detail} 的格式不對", "the {detail} is not as it should be"),
        "unknown_line": ("不認得這一行（{detail}）", "a line of unknown kind ({detail})"),
        "after_receipt": ("收據之後還有東西", "something follows the receipt"),
        "pack_late": ("情境包的文字要在紀錄之前，依檔名排列，每個檔一次", "the texts of the pack stand before the records, by name, each file once"),
        "incomplete": ("缺少檔頭或紀錄", "the header or the records are missing"),
        "no_start": ("第一筆不是一場的開始", "the first record is not the start of a session"),
        "other_session": ("檔頭寫的是另一場", "the header names another session"),
        "header_head": ("檔頭的筆數與雜湊和紀錄不符", "the header's count and hash are not those of the records"),
        "receipt_head": ("收據不見了，或和紀錄不符", "the receipt is missing or not that of the records"),
        "pack_changed": ("情境包的文字不是當時演練所用的", "the pack's texts are not those it was played with"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a record or a transcript does not verify. `line` and `record` are 1-based, 0 where there is none."""

    code: str
    record: int = 0
    detail: str = ""
    line: int = 0

    def sentence(self, language: Language) -> str:
        """One sentence, with the line in front where it is known."""
        zh, en = _FLAWS[self.code]
        text = (zh if language == "zh" else en).format(record=self.record, detail=self.detail)
        if not self.line:
            return text
        return f"第 {self.line} 行：{text}" if language == "zh" else f"line {self.line}: {text}"


class StoreProblem(Exception):
    """Something about the records that a person can do something about. Nothing that was acknowledged is lost."""

    def __init__(self, code: str, where: str = "", why: str | Flaw = "") -> None:
        self.code = code
        self.where = where
        self.flaw = why if isinstance(why, Flaw) else None
        self._why = "" if isinstance(why, Flaw) else why
        super().__init__(f"{code} {where} {self.why}".strip())

    @property
    def why(self) -> str:
        """The detail, in English."""
        return self.flaw.sentence("en") if self.flaw else self._why

    def sentence(self, language: Language) -> str:
        zh, en = _PROBLEMS[self.code]
        why = self.flaw.sentence(language) if self.flaw else self._why
        return (zh if language == "zh" else en).format(where=self.where, why=why)
