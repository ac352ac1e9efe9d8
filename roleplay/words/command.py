"""What the command line says, in two languages: help, outcomes of commands, and problems with their remedy.

Owns sentences only. Every problem has one sentence and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roleplay.scenarios.model import Language

_SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "about": (
            "客服角色扮演訓練：客人說話，你用自己的話回應，每一句都對照行為指標說明理由。",
            "Customer-service role play: the customer talks, you answer in your own words, every reply is scored with reasons.",
        ),
        "lang": ("介面語言", "language of the interface"),
        "store": ("紀錄放在哪裡（檔案路徑或資料庫網址）", "where records are kept (a file path or a database URL)"),
        "packs": ("情境包的資料夾，可重複", "folder with scenario packs; may be given more than once"),
        "play": ("開始練習（沒有終端機時逐行進行）", "play a scenario (line by line where there is no terminal)"),
        "play.scenario": ("情境的名稱或代號，例如 A1", "name or code of the scenario, for example A1"),
        "play.plain": ("逐行模式，適合螢幕報讀軟體與慢速連線", "line by line, for screen readers and slow links"),
        "play.script": (
            "不用人操作：照檔案一行一句，或照演練檔",
            "without a person: one reply a line, or a rehearsal file",
        ),
        "play.json": ("以紀錄格式輸出", "print the records"),
        "play.in": ("對話使用的語言（預設同介面）", "language of the talk (default: that of the interface)"),
        "play.assess": ("評量模式：不能重來，沒有提示", "assessment: no retry, no hints"),
        "play.hints": ("提示：always 一直顯示、on_request 要才給、off 關閉", "hints: always, on_request or off"),
        "play.resume": ("接續一場沒結束的對話", "take up a session that was not finished"),
        "play.trainee": ("寫進紀錄的姓名（可不填）", "name for the record (may be left out)"),
        "scenarios": ("列出可以玩的情境", "list the scenarios that can be played"),
        "check": ("檢查情境包，一次列出所有問題", "check scenario packs; every problem at once"),
        "rehearse": ("跑情境包裡的演練", "run the rehearsals of scenario packs"),
        "coverage": (
            "列出情境包涵蓋了哪些指標、客訴種類、特定需求、補償方式與溝通技巧",
            "list which indicators, kinds of complaint, needs, remedies and techniques the packs cover",
        ),
        "covered": (
            "{scenarios} 個情境，{things} 項要涵蓋，{holes} 項不足（指標至少 2 個情境，其餘至少 1 個）。",
            "{scenarios} scenarios, {things} things to cover, {holes} not enough (an indicator in 2 scenarios at least, the rest in 1).",
        ),
        "covered.complaint": ("客訴種類", "Kinds of complaint"),
        "covered.need": ("特定需求", "Specific needs"),
        "covered.recovery": ("補償方式", "Kinds of compensation"),
        "covered.technique": ("溝通技巧", "Communication techniques"),
        "simulate": (
            "讓各種學員模型玩情境，看分數分布、走過的路，情境分不分得出高下",
            "let model trainees play a scenario: scores, paths, and whether it tells them apart",
        ),
        "simulate.scenario": (
            "情境的名稱或代號，可寫多個；不寫就全部",
            "names or codes of scenarios; none: all of them",
        ),
        "simulate.runs": ("每個模型玩幾次", "how often each model plays"),
        "simulate.seed": ("亂數種子：相同的種子有相同的結果", "seed: the same seed gives the same result"),
        "simulated_ends": ("中位 {turns} 句；{ends}", "{turns} turns; {ends}"),
        "strangers": (
            "把別的情境的好回覆說進來，看哪些地方照樣算做到：條件可能太寬",
            "say good replies from other scenarios and see which opportunities take them: their conditions may ask too little",
        ),
        "strangers.replies": ("說幾句別人的話（預設 120）", "how many replies from elsewhere (default 120)"),
        "strangers_taken": (
            "說了 {said} 句別的情境的話，{taken} 次算做到",
            "{said} replies from elsewhere, taken {taken} times",
        ),
        "strangers_none": (
            "其他情境沒有對照回覆可說：請加上有回覆表的情境包（--packs）",
            "no other scenario has a sheet of replies: add packs that have (--packs)",
        ),
        "tells_apart": ("分得出高下，每個狀態都有人走到", "tells them apart, and every state is reached by somebody"),
        "flaw.order": ("{what} 的差距不夠：{detail}", "{what} is not so by a clear margin: {detail}"),
        "flaw.passes": ("{what} 不該過關，卻過了 {detail} 次", "{what} should never pass and did {detail} times"),
        "flaw.unreached": ("沒有人走到狀態「{what}」", "nobody reaches the state {what}"),
        "trainee.random": ("亂說的", "random"),
        "trainee.stuffer": ("堆關鍵詞的", "stuffer"),
        "trainee.apologiser": ("只道歉的", "apologiser"),
        "trainee.policy_quoter": ("念規定的", "policy quoter"),
        "trainee.novice": ("新手", "novice"),
        "trainee.competent": ("熟手", "competent"),
        "trainee.expert": ("高手", "expert"),
        "trainee.rehearsal_good": ("演練（好）", "rehearsal (good)"),
        "trainee.rehearsal_middling": ("演練（普通）", "rehearsal (middling)"),
        "trainee.rehearsal_poor": ("演練（差）", "rehearsal (poor)"),
        "paths": ("情境包的資料夾或檔案", "folders or files of packs"),
        "as_json": ("以 JSON 輸出", "print JSON"),
        "standards": ("查閱五份職能基準", "list, search and show the five competency standards"),
        "standards.ref": (
            "基準代碼或完整指標代號，例如 TRM3R0182v2:3.1",
            "code of a standard or an indicator, for example TRM3R0182v2:3.1",
        ),
        "standards.search": ("搜尋文字", "words to search for"),
        "standards.shown": ("只列出能這樣展現的指標", "only indicators that can be shown this way"),
        "standards.vocabulary": ("列出詞彙表（可指定一類）", "list the vocabularies (or one of them)"),
        "detect": (
            "從標準輸入逐行讀 JSON，寫出偵測到的溝通技巧",
            "read JSON lines on standard input, write the techniques detected",
        ),
        "techniques": (
            "溝通技巧：列出、查看、檢查、解釋一句話、訓練、評估",
            "communication techniques: list, show, lint, explain a reply, train, evaluate",
        ),
        "techniques.what": (
            "list 列出、show 查看、lint 檢查、explain 解釋、train 訓練、evaluate 評估、unseen 對沒見過的作者評估、curve 學習曲線、agreement 標記一致度、ratings 與專家評定比較，或直接寫技巧名稱",
            "list, show, lint, explain, train, evaluate, unseen (each author by weights that do not know him), curve, agreement, ratings, or the id of a technique",
        ),
        "techniques.text": (
            "show 與 lint：技巧名稱；explain：要解釋的一句話",
            "for show and lint the id of a technique, for explain the reply",
        ),
        "techniques.customer": ("客人前一句話（explain）", "the customer's line before it (explain)"),
        "techniques.part": ("評估哪一部分（預設 tune）", "which part to evaluate (default tune)"),
        "techniques.out": ("訓練結果寫到哪個資料夾", "the folder train writes the weights to"),
        "explain": ("說明一個檢查代碼", "explain a code that check prints"),
        "explain.code": ("代碼，例如 RP301", "the code, for example RP301"),
        "transcripts": ("列出紀錄", "list the records"),
        "replay": ("逐步重播一份紀錄，並重新評分比對", "step through a record and compare it with a re-scoring"),
        "session_or_file": ("場次編號或匯出的檔案", "session id or exported file"),
        "verify": ("驗證紀錄是否完整未改", "verify that a record is whole and unchanged"),
        "export": ("匯出成一個 JSONL 檔", "export a record as one JSONL file"),
        "import": ("匯入一份紀錄", "import a record"),
        "receipt": ("印出收據（筆數與雜湊）", "print the receipt (count and hash)"),
        "erase": (
            "抹除一場的個人文字，雜湊鏈仍可驗證",
            "erase the personal text of a session; its chain still verifies",
        ),
        "session": ("場次編號", "session id"),
        "file": ("檔名，- 為標準輸入或輸出", "file name, - for standard input or output"),
        # ------------------------------------------------ outcomes
        "checked": (
            "檢查了 {packs} 個情境包、{scenarios} 個情境：沒有問題。",
            "{packs} packs, {scenarios} scenarios: no problems.",
        ),
        "checked_with": ("{errors} 個錯誤、{warnings} 個提醒。", "{errors} errors, {warnings} warnings."),
        "rehearsed": ("{good} 場演練符合預期，{bad} 場不符。", "{good} rehearsals as expected, {bad} not."),
        "replies_judged": (
            "{good} 句對照回覆評得對，{bad} 句不對，{known} 句已知還評不對。",
            "{good} replies of the sheets rated rightly, {bad} not, {known} known to be misjudged.",
        ),
        "no_transcripts": ("還沒有紀錄。先用 roleplay play 練一場。", "No records yet. Play one with: roleplay play"),
        "verified": (
            "✓ {source}：{count} 筆紀錄，完整未改。雜湊 {head}",
            "✓ {source}: {count} records, whole and unchanged. Hash {head}",
        ),
        "not_verified": ("✗ {source}：{problem}", "✗ {source}: {problem}"),
        "exported": ("已匯出 {session}（{count} 筆，{head}）。", "Exported {session} ({count} records, {head})."),
        "imported": ("已匯入 {session}。", "Imported {session}."),
        "erased": ("已抹除 {session} 的個人文字。", "Erased the personal text of {session}."),
        "rescore_same": ("重新評分：結果相同。", "Re-scored: the same result."),
        "rescore_differs": (
            "重新評分：有 {count} 處不同（紀錄不變）。",
            "Re-scored: {count} differences (the record stands).",
        ),
        "rescore_impossible": (
            "重新評分：缺少可用的情境文字，無法比對。",
            "Re-scored: not possible, the pack text is missing.",
        ),
        "other_techniques": ("評分規則和當時不同版本。", "The detection rules are not the version it was scored with."),
        "band": (
            "判準（{talk}）：{credited} 以上算完整（規則也認得時 {backed}），{partial} 以上算部分",
            "bands ({talk}): credited from {credited} (from {backed} where a rule credits it too), partial from {partial}",
        ),
        "band_partial": (
            "判準（{talk}）：{partial} 以上最多算部分（沒見過的作者身上，精確度達不到八成五）",
            "bands ({talk}): from {partial} partial at most (on unseen authors it is not right often enough to be credited)",
        ),
        "training": ("{count} 則標記過的回應", "{count} labelled replies"),
        "trained": ("權重已寫入 {path}。", "Weights written to {path}."),
        "evaluated": ("{replies} 則回應，作者：{authors}", "{replies} replies by {authors}"),
        "families": ("以類別計", "families"),
        "bait": (
            "誘餌 {count} 個：{taken} 個被當真，其中 {credited} 個算完整",
            "bait {count}: {taken} taken, {credited} of them credited in full",
        ),
        "prf": ("精確度 / 召回率 / F1        完整者精確度", "precision / recall / F1     precision of credited"),
        "no_examples": ("{part} 部分沒有 {talk} 的例子。", "Part {part} holds no examples in {talk}."),
        "rated": (
            "{count} 個專家評定，{same} 個與程式相同",
            "{count} ratings by an expert, {same} the same as the program's",
        ),
        "weighted": ("加權", "weighted"),
        "no_rated": ("{talk}：還沒有專家評定的回應。", "{talk}: no replies rated by an expert yet."),
        "curve_row": ("{talk}  {authors} 位作者、{replies} 則", "{talk}  {authors} authors, {replies} replies"),
        "agreement": ("{replies} 則由兩人各自標記", "{replies} replies labelled twice"),
        "no_second": ("{talk}：還沒有第二人的標記。", "{talk}: nobody has labelled a second time yet."),
        "lint.broken": ("自己的例句不成立：{about}", "an example of its own does not hold: {about}"),
        "lint.thin": ("只有 {count} 則標記、{about} 位作者", "only {count} labelled replies by {about} authors"),
        "lint.idle": ("規則 {about} 在語料中從未出現", "pattern {about} matches nothing in the corpus"),
        "lint.loose": ("規則 {about} 錯的比對的多", "pattern {about} is wrong more often than right"),
        "lint.overlap": ("{count} 次把「{about}」看成它", "taken for it where {about} is labelled: {count} times"),
        "lint.sum": (
            "{techniques} 種技巧，{count} 項提醒，{broken} 個例句不成立。",
            "{techniques} techniques, {count} findings, {broken} broken examples.",
        ),
        # ------------------------------------------------ problems
        "explain_needs_text": (
            '請寫一句要解釋的回應（最多 {most} 字），例如：roleplay techniques explain "真的很抱歉"',
            'Write the reply to explain (at most {most} characters), for example: roleplay techniques explain "I am sorry"',
        ),
        "needs_train_extra": (
            '訓練需要另外安裝：pip install "roleplay[train]"',
            'Training needs more packages: pip install "roleplay[train]"',
        ),
        "no_such_path": ("找不到 {path}。請確認路徑。", "There is no {path}. Check the path."),
        "no_pack_here": (
            "{path} 裡沒有 pack.yaml。請指定情境包的資料夾。",
            "There is no pack.yaml in {path}. Name the folder of a pack.",
        ),
        "too_many_files": (
            "{path} 裡有 {count} 個檔案，超過上限。請拆成幾個情境包。",
            "{path} holds {count} files, more than allowed. Split the pack.",
        ),
        "unreadable": ("讀不到 {path}（{why}）。請檢查權限。", "Cannot read {path} ({why}). Check its permissions."),
        "file_too_large": ("{path} 超過 1 MiB。請拆開。", "{path} is larger than 1 MiB. Split it."),
        "not_utf8": (
            "{path} 不是 UTF-8（第 {place} 個位元組）。請另存為 UTF-8。",
            "{path} is not UTF-8 (byte {place}). Save it as UTF-8.",
        ),
        "file_problem": (
            "{path}：{why}。請換個檔名或檢查權限。",
            "{path}: {why}. Use another file name or check its permissions.",
        ),
        "no_such_scenario": (
            "沒有「{ref}」這個情境。用 roleplay scenarios 看清單。",
            "There is no scenario “{ref}”. See: roleplay scenarios",
        ),
        "no_such_scenario_near": (
            "沒有「{ref}」這個情境，你是不是要「{near}」？",
            "There is no scenario “{ref}”. Did you mean “{near}”?",
        ),
        "not_in_language": ("「{ref}」沒有這個語言的版本：{language}。", "“{ref}” has no version in {language}."),
        "pack_text_unusable": (
            "這份紀錄當時的情境「{ref}」已無法載入；可以重播，但不能繼續玩。",
            "The scenario “{ref}” kept with this record no longer loads; it can be replayed, not continued.",
        ),
        "no_such_record": (
            "找不到「{ref}」：既不是場次編號，也不是檔案。",
            "“{ref}” is neither a session id nor a file.",
        ),
        "bad_script": ("腳本 {path} 第 {line} 行：{why}", "Script {path}, line {line}: {why}"),
        "script_refused": ("腳本第 {line} 句不能說：{why}", "Reply {line} of the script cannot be said: {why}"),
        "script_stopped": (
            "對話在第 {line} 句之前就結束了，後面的沒有說。",
            "The talk was over before reply {line}; the rest was not said.",
        ),
        "needs_scenario": ("請指定情境，例如：roleplay play A1", "Name a scenario, for example: roleplay play A1"),
        "unknown_name": ("沒有「{ref}」，你是不是要「{near}」？", "There is no “{ref}”. Did you mean “{near}”?"),
        "unknown_name_alone": (
            "沒有「{ref}」。用 roleplay standards 看清單。",
            "There is no “{ref}”. See: roleplay standards",
        ),
        "unknown_technique": (
            "沒有「{ref}」這個技巧。用 roleplay techniques 看清單。",
            "There is no technique “{ref}”. See: roleplay techniques",
        ),
        "unknown_code": (
            "沒有「{ref}」這個代碼。清單在 docs/errors.md。",
            "There is no code “{ref}”. They are listed in docs/errors.md.",
        ),
        "packs_with_errors": (
            "{count} 個情境包有錯誤而沒有載入。用 roleplay check 查看。",
            "{count} packs have errors and were left out. See: roleplay check",
        ),
    }
)


def say(key: str, language: Language, **details: object) -> str:
    """The sentence `key` in `language`. KeyError if there is none: a missing sentence is a fault of ours."""
    zh, en = _SENTENCES[key]
    return (zh if language == "zh" else en).format(**details)


def keys() -> tuple[str, ...]:
    return tuple(_SENTENCES)
