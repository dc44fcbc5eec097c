"""How agreements write days, lengths and the blanks in their place: patterns over the normal form.

What the words mean, `kyotei.dates` says; here is only where they begin and end.
"""

from __future__ import annotations

from kyotei.text import KANJI_NUMERAL

_ERA = "(?:明治|大正|昭和|平成|令和)"
NUMBER = f"(?:[0-9]{{1,5}}|{KANJI_NUMERAL}{{1,9}})"
_COUNTED = f"(?:元|{NUMBER})"
_IN_ERA = f"{_ERA}{_COUNTED}(?:年\\((?:西暦)?{NUMBER}年?\\)|\\({NUMBER}年?\\)年|年)"
_YEAR_FOUR = f"(?:[0-9]{{4}}|{KANJI_NUMERAL}{{4,6}})"
_WESTERN = f"(?:西暦)?{_YEAR_FOUR}(?:年\\({_ERA}{_COUNTED}年?\\)|\\({_ERA}{_COUNTED}年?\\)年|年)"
FREE = f"(?<![0-9第]|{KANJI_NUMERAL})"
"""Not the tail of a longer number, nor an ordinal (第2年)."""
YEAR = f"{FREE}(?:{_IN_ERA}|{_WESTERN})"
_WEEKDAY = "(?:\\([月火水木金土日](?:曜日?)?\\)|[月火水木金土日]曜日)?"
_SHORT = "[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9])"

DAY = (
    f"{YEAR}{NUMBER}月{NUMBER}日{_WEEKDAY}"
    f"|(?<![0-9A-Za-z./-])(?:(?:[MTSHR]|{_ERA})(?:元|[0-9]{{1,2}})|[0-9]{{4}}){_SHORT}"
)
"""A day with its year: 令和3年3月31日, 2021年(令和3年)3月31日, R3.3.31, 2021/3/31."""
MONTH_END = f"{YEAR}{NUMBER}月(?:の)?末日?"
"""令和3年3月末日."""
SAME_ERA_DAY = f"{FREE}同?{NUMBER}年{NUMBER}月{NUMBER}日"
"""4年3月31日, behind a day of the same era."""
YEAR_MONTH = f"{YEAR}{NUMBER}月(?!{NUMBER}日|日|[の]?末)"
"""令和3年3月, without a day."""
FISCAL_YEAR_END = f"(?:{_ERA}{_COUNTED}|{FREE}{_YEAR_FOUR})年度(?:の)?(?:末日?|最終日)"
"""令和5年度の末日: the 31 March after it."""
FISCAL_YEAR = f"(?:{_ERA}{_COUNTED}|{FREE}{_YEAR_FOUR})年度"
BARE_YEAR = YEAR
"""令和3年, without a month: no day, and no length either."""
MONTH_DAY = f"{FREE}{NUMBER}月(?:{NUMBER}日|(?:の)?末日?)"
"""3月31日 or 3月末日, of a year that other words name."""

_HALF = "[かヶヵケカ箇個]"
_UNIT = f"(?:{_HALF}年|{_HALF}月|週|年|月|日)"
_TWO = f"{NUMBER}{_HALF}?年(?:と|及び)?{NUMBER}{_HALF}?月(?![0-9末])"
_YEAR_AND_HALF = f"{NUMBER}年半"
LENGTH = f"{FREE}(?:{_TWO}|{_YEAR_AND_HALF}|半年|{NUMBER}{_UNIT})(?!度|次|号|生|目)間?"
"""3か月, 1年間, 2年6か月, 半年."""

_TO = "(?:~|から|ないし|乃至)"
ABOUT = (
    f"(?:おおむね|概ね|約|およそ){LENGTH}|{LENGTH}(?:程度|前後|ほど)|{FREE}{NUMBER}{_UNIT}?間?{_TO}{LENGTH}"
)
"""おおむね5年, 5~10年: no length that can be counted. 「90日前から30日前まで」 is none of these."""

_BLANK = "[○◯〇●△▲□■◇◆×✕*_XxＹyNnMmDd…・〓※]"
_OPEN = f"(?:{_BLANK}|[0-9]|{KANJI_NUMERAL}|[()\\[\\]]){{0,8}}"
BLANK_DAY = (
    f"(?:(?:{_ERA}|西暦|20|{_BLANK}){_OPEN}|(?<![毎翌同当前後数々該各本今]))年"
    f"(?:\\({_OPEN}年?\\))?{_OPEN}月{_OPEN}日"
)
"""A day that is left open: 令和●年●月●日, 　年　月　日; only tried where no day stands."""
BLANK_LENGTH = (
    f"(?:{_BLANK}{{1,8}}{_UNIT}間?|(?<=[のはをらり、])(?:{_HALF}月|日|年|週)間?(?=前(?:まで|迄|に)|間))"
)
"""A length that is left open: ●か月, and 「満了の　か月前」 whose number is a space."""
