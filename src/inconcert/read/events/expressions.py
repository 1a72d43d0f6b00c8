"""What an SQL expression in a layout may say: cells of its own row, and nothing of the machine.

A mapping file may come from somebody else. It may turn cells into other values; it may not read
files, settings or tables. So only functions on the list are called, and there are no subqueries.
"""

from __future__ import annotations

import re

_FUNCTIONS = frozenset(
    {
        "abs", "cast", "ceil", "coalesce", "concat", "concat_ws", "contains", "date_trunc",
        "datepart", "ends_with", "epoch_ms", "floor", "greatest", "if", "ifnull", "in", "instr",
        "least", "left", "len", "length", "list_aggregate", "list_distinct", "list_extract",
        "list_filter", "list_slice", "list_transform", "lower", "lpad", "ltrim", "make_date",
        "make_timestamp", "nullif", "regexp_extract", "regexp_extract_all", "regexp_full_match",
        "regexp_matches", "regexp_replace", "replace", "right", "round", "rpad", "rtrim",
        "split_part", "starts_with", "strftime", "string_split", "strip_accents", "strpos",
        "array_to_string", "substr", "substring", "suffix", "to_timestamp", "translate", "trim",
        "try_cast", "try_strptime", "upper", "and", "or", "not", "when", "then", "else", "values",
    }
) - {"values"}  # fmt: skip
_WORDS = frozenset(
    {
        "and", "or", "not", "case", "when", "then", "else", "end", "is", "null", "in", "between",
        "like", "ilike", "as", "true", "false", "cast", "try_cast", "distinct", "date",
        "timestamp", "varchar", "integer", "bigint", "double", "boolean", "lambda",
    }
)  # fmt: skip
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<text>'(?:[^']|'')*')
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<quoted>"[^"]*")
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<mark>\|\||::|<=|>=|<>|!=|[-+*/%=<>(),\[\]:])
    """,
    re.VERBOSE,
)


def faults_of(expression: str, columns: frozenset[str]) -> str | None:
    """Why an expression may not stand in a layout; None when it may.

    Args:
        columns: names that it may use.

    Example:
        >>> faults_of("upper(Name)", frozenset({"Name"})) is None
        True
        >>> faults_of("read_text('secrets')", frozenset({"Name"}))
        'read_text() is not among the functions that may be used'
    """
    if "--" in expression or "/*" in expression:
        return "comments may not stand here"
    place, words = 0, []
    while place < len(expression):
        found = _TOKEN.match(expression, place)
        if found is None:
            return f"{expression[place]!r} may not stand here"
        place = found.end()
        if found.lastgroup in {"word", "quoted"}:
            words.append((found.group(), expression[place:].lstrip()[:1] == "("))
    if expression.count("(") != expression.count(")"):
        return "brackets do not match"
    bound = {
        name.strip()
        for names in re.findall(r"\blambda\s+([a-z][\w, ]*)\s*:", expression)
        for name in names.split(",")
    }
    for word, is_called in words:
        name = word.strip('"')
        if is_called and name.lower() not in _FUNCTIONS:
            return f"{name}() is not among the functions that may be used"
        if not is_called and not _is_known(name, columns | bound):
            return f"{name} is no column of the file"
    return None


def with_quoted_names(expression: str, columns: frozenset[str]) -> str:
    """The expression with the columns in quotation marks, which may be words of SQL (`from`).

    A column that is called as a word on the list (`when`) is quoted by who writes the layout.
    """
    parts, place = [], 0
    while found := _TOKEN.match(expression, place):
        word = found.group()
        is_column = found.lastgroup == "word" and word in columns and word.lower() not in _WORDS
        parts.append(name_of(word) if is_column else word)
        place = found.end()
    return "".join(parts) + expression[place:]


def _is_known(name: str, columns: frozenset[str] | set[str]) -> bool:
    return name in columns or name.lower() in _WORDS


def text_of(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def name_of(value: str) -> str:
    """A name as SQL."""
    return '"' + value.replace('"', '""') + '"'
