"""What a repair asks its applicant, one page each."""

from flask_wtf.file import MultipleFileField

from forms.fields import Form, Hidden, Line, Paragraph, PickOne, Tick, needed
from forms.filing import must_be_there
from standards.words import T

FILED = (("yes", T("是，平台上的内容与事实、与决定书不一致", "Yes, the record differs from the facts or the decision")),
         ("no", T("不是，内容是对的", "No, what it says is right")))  # fmt: skip
DONE = (("yes", T("已经履行完毕并改正", "Everything is performed and put right")),
        ("no", T("还没有", "Not yet")))  # fmt: skip
CONDUCT = (
    ("yes", T("是，对办事过程或工作人员不满", "Yes, about how somebody handled something")),
    ("no", T("不是", "No")),
)


class RecordForm(Form):
    """One record to be added to a filing."""

    record = Hidden(longest=64)


class PerformanceForm(Form):
    """What was done about one record."""

    performed = Paragraph(T("您做了什么？", "What have you done?"), needed("请简要说明履行和纠正情况",
                                                                           "Say briefly what you have done"),
                          longest=2000, hint=T("如：罚款已于某日缴清，违法行为已停止并改正",
                                               "Such as: the fine was paid on …, the conduct has stopped"))  # fmt: skip


class ProofForm(Form):
    """Files that prove the performance."""

    slot = Hidden(longest=8, default="proof")
    file = MultipleFileField(T("选择文件", "Choose files"), [must_be_there])


class CommitmentForm(Form):
    """The two consents and the name of whoever signs."""

    signer = Line(T("签署人姓名", "Name of whoever signs"), needed("请填写签署人姓名", "Give the name"), longest=100,
                  hint=T("法定代表人、负责人、本人或者受托人",
                         "Legal representative, the person himself, or an agent"))  # fmt: skip
    truthful = Tick(T("承诺以上内容和所交材料真实、准确、完整", "What is said and handed in is true and complete"),
                    needed("请勾选“真实”一项", "Tick that it is true"))  # fmt: skip
    publication = Tick(T("同意本承诺书向社会公示", "The commitment may be published"),
                       needed("请勾选“同意公示”一项", "Tick that it may be published"))  # fmt: skip


class DoorForm(Form):
    """Three plain questions and a document number."""

    wrong = PickOne(
        T("平台上写的内容不对吗？", "Is what the record says wrong?"), FILED, needed("请选择", "Please choose")
    )
    conduct = PickOne(T("您要反映的是办事态度、泄露信息、乱收费这类问题吗？",
                        "Is it about conduct, a leak, or a fee that was asked?"),
                      CONDUCT, needed("请选择", "Please choose"))  # fmt: skip
    performed = PickOne(T("处罚决定要求的事情，都做完了吗？", "Have you done everything the decision asks?"), DONE,
                        needed("请选择", "Please choose"))  # fmt: skip
    doc_no = Line(T("处罚决定书文号", "Number of the penalty decision"), longest=128,
                  hint=T("在决定书标题下方，如：某市监罚〔2026〕7号；没有可不填",
                         "Under its title; leave empty if you do not have it"))  # fmt: skip
