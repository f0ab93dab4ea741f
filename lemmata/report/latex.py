"""LaTeX: one document for each proof script, which pdflatex compiles as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

from lemmata.report import tex, words
from lemmata.report.assignment import Assignment, Section
from lemmata.report.pages import Page
from lemmata.report.record import Counterexample, FigureRecord, Formula, Line, Record

RELATIONS = {"<=": r"\leq", ">=": r"\geq", "!=": r"\neq", "->": r"\to", "in": r"\in"}


#: The files of each figure, without their suffix, by its script and its name.
Drawn = dict[tuple[str, str], str]


def page(page: Page, drawn: Drawn) -> str:
    """The document of a proof script."""
    labels = labelled(page.records)
    shown = [theorem(record, labels) for record in page.records]
    body = "\n\n".join([*shown, *(picture(figure, drawn) for figure in page.figures)])
    return document(f"\\section*{{\\texttt{{{tex.text(page.file)}}}}}\n\n{body}")


def document(body: str) -> str:
    return f"% {words.WRITTEN}\n{preamble()}\n\\begin{{document}}\n{body}\n\n\\end{{document}}\n"


def labelled(records: Iterable[Record]) -> dict[str, str]:
    """A label for each theorem of a document."""
    return {record["name"]: f"thm:{number}" for number, record in enumerate(records, 1)}


def picture(figure: FigureRecord, drawn: Drawn) -> str:
    """A figure, if its PDF is there when the document is compiled, and its caption."""
    path = drawn[figure["file"], figure["name"]]
    caption = f"\\textbf{{{tex.text(figure['title'])}.}} {tex.text(figure['caption'])}"
    return f"\\drawn{{../{path}.pdf}}{{{caption}}}"


def assignment(found: Assignment, sections: Sequence[Section], drawn: Drawn) -> str:
    """The document through the questions of an assignment."""
    labels = labelled(record for section in sections for record in section.records)
    parts = [f"\\section*{{{tex.text(found.title)}}}", tex.text(found.about), overview(sections)]
    for section in sections:
        question = section.question
        title = f"{tex.text(question.number)} {tex.text(question.title)}"
        parts.append(f"\\phantomsection\\label{{question:{question.number}}}\\subsection*{{{title}}}")
        parts.append(f"\\textit{{{tex.text(question.asked)}}}")
        parts += results(section, labels)
        parts += [theorem(record, labels) for record in section.records]
        parts += [picture(figure, drawn) for figure in section.figures]
        if not section.records:
            parts.append("No theorem speaks of this question yet.")
    return document("\n\n".join(parts))


def overview(sections: Iterable[Section]) -> str:
    """The table of the questions at the start of an assignment."""
    rows = (
        (
            f"\\hyperref[question:{section.question.number}]{{{tex.text(section.question.number)}}}",
            tex.text(section.question.title),
            str(len(section.records) or "none"),
            ", ".join(tex.text(said) for _, said in words.tally(section.records)),
            tex.text(words.evidence(section.records)),
        )
        for section in sections
    )
    return table("L{.09}L{.37}L{.1}L{.19}L{.17}", ("question", "", "theorems", "outcome", "evidence"), rows)


def results(section: Section, labels: dict[str, str]) -> Iterable[str]:
    """A table of the theorems of a question, where there are several."""
    if len(section.records) > 1:
        rows = (
            (
                f"\\ref{{{labels[record['name']]}}}",
                tex.text(record["title"] or record["name"]),
                tex.text(words.verdict(record)),
            )
            for record in section.records
        )
        yield table("L{.06}L{.7}L{.18}", ("", "result", "outcome"), rows)


def table(columns: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table which may go on on the next page; its cells are LaTeX."""
    top = " & ".join(f"\\textit{{{tex.text(name)}}}" for name in head)
    body = "\n".join(f"{' & '.join(row)} \\\\" for row in rows)
    return f"\\begin{{listing}}{{{columns}}}{{{top}}}\n{body}\n\\end{{listing}}"


def preamble() -> str:
    """The document class, the packages and the macros."""
    return files("lemmata.report").joinpath("preamble.tex").read_text(encoding="utf-8")


def theorem(record: Record, labels: dict[str, str]) -> str:
    """The theorem (a claim, where it is not proved), its derivation and what it rests on."""
    kind = "theorem" if words.is_proved(record) else "claim"
    disproved = record["outcome"] == "disproved"
    lines = [
        f"\\begin{{{kind}}}[{heading(record)}]\\label{{{labels[record['name']]}}}\\leavevmode",
        *(tex.text(said) for said in (record["title"], record["description"]) if said),
        *context(record),
        f"\\statement{{{tex.formula(record['statement']['latex'])}}}",
        f"\\end{{{kind}}}",
        *([] if disproved else derivation(record)),
        *([verdict(record)] if disproved else []),
        *(fact(title, said) for title, said in basis(record, labels) if said),
    ]
    return "\n".join(lines)


def heading(record: Record) -> str:
    """The name of a theorem, and its source."""
    source = f", {tex.text(record['source'])}" if record["source"] else ""
    return f"{{\\normalfont\\texttt{{{tex.text(record['name'])}}}{source}}}"


def context(record: Record) -> Iterable[str]:
    """What a theorem speaks of and what it assumes, in sentences."""
    said = (
        ("Let", record["declarations"]),
        ("Where", record["definitions"]),
        ("Given", record["hypotheses"]),
    )
    return (f"{word} {listed(formulas)}." for word, formulas in said if formulas)


def listed(formulas: Iterable[Formula]) -> str:
    return ", ".join(f"${tex.formula(formula['latex'])}$" for formula in formulas)


def derivation(record: Record) -> Iterable[str]:
    """The lines of the proof, part by part; no proof is announced where there is none."""
    yield f"\\par\\medskip\\textit{{{'Proof' if words.is_proved(record) else 'Attempt'}.}}\\par\\nopagebreak"
    for part, lines in words.parts(record["lines"]):
        if part:
            yield f"\\par\\smallskip\\textit{{{tex.text(words.part_title(part))}.}}\\par\\nopagebreak"
        for line in lines:
            yield chain(line)
            yield from (fact(title, said) for title, said in trouble(line) if said)
    yield "\\par\\nopagebreak\\hfill\\qedsymbol" if words.is_proved(record) else verdict(record)


def chain(line: Line) -> str:
    """One line, with its reason, mark and evidence."""
    relation = RELATIONS.get(line["relation"], line["relation"])
    judged = f"\\textit{{{tex.text(words.judged(line))}}}" if words.judged(line) else ""
    if not words.is_good(line):
        judged = f"\\textbf{{{tex.text(words.judged(line))}}}"
    reason = " --- ".join(filter(None, (tex.text(words.reason_in_full(line)), judged)))
    return f"\\chain{{{relation}}}{{{tex.formula(line['latex'])}}}{{{reason}}}"


def trouble(line: Line) -> Iterable[tuple[str, str]]:
    """Why a line is not good."""
    yield "Needs", listed(line["needs"])
    if line["residual"]:
        yield words.sentence(words.residual(line).rstrip(":")), listed([line["residual"]])
    if line["counterexample"]:
        yield "Fails", failure(line["counterexample"])
    yield "Note", tex.text(line["message"])


def failure(example: Counterexample) -> str:
    """A counterexample in a sentence."""
    dims = [f"${tex.formula(name)} = {size}$" for name, size in example["dims"].items()]
    values = [f"{tex.text(value['name'])} = ${tex.formula(value['latex'])}$" for value in example["values"]]
    where = f"at {', '.join([*dims, *values])}: " if dims or values else ""
    note = f" ({tex.text(example['note'])})" if example["note"] else ""
    return f"{where}left {tex.text(example['left'])}, right {tex.text(example['right'])}{note}"


def verdict(record: Record) -> str:
    """What is said instead of the end of a proof."""
    return f"\\par\\textbf{{{tex.text(words.verdict(record))}}}"


def basis(record: Record, labels: dict[str, str]) -> Iterable[tuple[str, str]]:
    """What a theorem rests on: a title and words for each."""
    certificate = record["certificate"]
    yield "Reason", "" if words.is_proved(record) else tex.text(record["reason"])
    if not any(line["counterexample"] for line in record["lines"]) and record["counterexample"]:
        yield "Fails", failure(record["counterexample"])
    yield "Needs", listed(record["needs"])
    yield (
        "Conditions",
        "; ".join(f"{listed([c])} ({tex.text(words.given(c))})" for c in record["conditions"]),
    )
    yield "Rests on", ", ".join(named(name, labels) for name in record["rests_on"])
    yield "Axioms", "; ".join(f"{tex.text(a['name'])} ({tex.text(a['source'])})" for a in record["axioms"])
    yield "Cross-check", tex.text(words.cross_check(record["cross_check"])) if record["lines"] else ""
    computed = (
        f"\\texttt{{{tex.text(c['function'])}}}, {tex.text(words.counterpart(c))}"
        for c in record["counterparts"]
    )
    yield "Computed by", "; ".join(computed)
    if certificate:
        yield "Certificate", f"{digest(certificate['digest'])}, {tex.text(words.steps(certificate))}"


def digest(found: str) -> str:
    """A digest, which may break at the end of a line."""
    digits = found.removeprefix("sha256:")
    blocks = "\\allowbreak ".join(digits[k : k + 16] for k in range(0, len(digits), 16))
    return f"{{\\footnotesize\\texttt{{sha256:\\allowbreak {blocks}}}}}"


def named(name: str, labels: dict[str, str]) -> str:
    """A theorem by its number if it is in this document, and by its name."""
    number = f"Theorem~\\ref{{{labels[name]}}}, " if name in labels else ""
    return f"{number}\\texttt{{{tex.text(name)}}}"


def fact(title: str, said: str) -> str:
    return f"\\fact{{{title}}}{{{said}}}"
