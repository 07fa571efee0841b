"""The head of a department reads the report as it will go out before answering for it."""

import io
import re

import pytest
from pypdf import PdfReader


def squeezed(answer):
    pages = PdfReader(io.BytesIO(answer.get_data())).pages
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in pages)


def test_the_head_sees_the_report_before_approving_it(office, as_):
    number = office.a_case("dept_review")
    head = as_("department_head")
    assert f'href="/cases/{number}/report.pdf"' in head.get(f"/cases/{number}/approve_report").get_data(as_text=True)
    shown = head.get(f"/cases/{number}/report.pdf")
    assert shown.status_code == 200 and shown.mimetype == "application/pdf"
    text = squeezed(shown)
    for said in ("草稿", "核查意见书", "经核对原始文书", "有误", "原始文书为2000元", "鄂前信协查〔2026〕1号", number):
        assert said in text, said
    assert "鄂前市监异核" not in text, "no number is taken before the report is approved"


@pytest.mark.parametrize("who, code", [("reviewer", 404), ("officer", 404), ("applicant", 404), ("rival", 404)])
def test_the_preview_is_the_heads_alone(office, as_, who, code):
    assert as_(who).get(f"/cases/{office.a_case('dept_review')}/report.pdf").status_code == code


def test_there_is_no_preview_before_the_report_nor_after_it(office, as_):
    number = office.a_case("dept_verifying")
    head = as_("department_head")
    assert head.get(f"/cases/{number}/report.pdf").status_code == 404
    for who, step in (("reviewer", "report"), ("department_head", "approve_report")):
        office.act(who, number, step, **office.facts(number, step))
    assert head.get(f"/cases/{number}/report.pdf").status_code == 404
