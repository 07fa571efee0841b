"""`./xinfu doctor`: each question answered with ok or with what to do."""

import argparse
import contextlib
import json
import sys
from typing import Iterator

from app import create_app
from launch import folder
from launch.speech import both
from models.base import reading
from scripts import installation, machine
from scripts.findings import Finding, Level, Question, todo
from settings import BadSettings, read_settings
from standards.words import T

MARKS = {Level.OK: "✓", Level.NOTE: "·", Level.TODO: "✗"}
Answer = tuple[Question, Finding]


def main() -> int:
    """0 when nothing is left to do, 1 otherwise, 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu doctor")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    answers = [*_answers(machine.QUESTIONS), *_about_installation()]
    print(_json(answers) if wanted.json else "\n".join(map(_line, answers)))
    return int(any(finding.level is Level.TODO for _, finding in answers))


def _answers(questions: tuple[Question, ...]) -> Iterator[Answer]:
    return ((question, question.answer()) for question in questions)


def _about_installation() -> list[Answer]:
    """The questions about the data folder, or one line that says why they cannot be asked."""
    try:
        if not folder.is_set_up(folder.chosen()):
            return [_cannot_ask(f"{folder.chosen()}: ./xinfu run")]
        application = create_app(read_settings())
    except BadSettings as error:
        return [_cannot_ask(str(error))]
    with application.app_context(), reading(), contextlib.redirect_stdout(sys.stderr):
        return list(_answers(installation.QUESTIONS))


def _cannot_ask(why: str) -> Answer:
    question = Question("data-folder", T("数据文件夹", "data folder"), lambda: todo(
        T("尚未就绪：{w}", "not set up: {w}").format(w=why)))  # fmt: skip
    return question, question.answer()


def _line(answer: Answer) -> str:
    question, finding = answer
    return f"{MARKS[finding.level]} {both(question.title)}: {_once(finding)}"


def _once(finding: Finding) -> str:
    """Both languages, unless they say the same."""
    return finding.text.zh if finding.text.zh == finding.text.en else both(finding.text)


def _json(answers: list[Answer]) -> str:
    rows = [{"name": question.name, "title": question.title.en, "result": finding.level.value,
             "text": {"zh": finding.text.zh, "en": finding.text.en}} for question, finding in answers]  # fmt: skip
    well = all(row["result"] != Level.TODO.value for row in rows)
    return json.dumps({"well": well, "checks": rows}, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(main())
