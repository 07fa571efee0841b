"""严重失信主体名单: the listing decision states basis, facts, removal and remedies (国办发〔2020〕49号)."""

from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order
from standards.subjectfields import PAPERS, publish_until, source_fields, subject_fields
from standards.words import T

BLACKLIST = Category(
    code="blacklist",
    label=T("严重失信主体名单", "List of serious dishonesty"),
    polarity="negative",
    person=IS_PERSON,
    act=("authority_uscc", "listing_doc_no"),
    papers=PAPERS,
    orders=(Order("publish_until", "decision_date", "publish_until_before_decision"),),
    titles=("list_name",),
    fields=(
        *subject_fields("YZSX"),
        Field("responsible_name", "YZSX_FZR", T("负责人", "Person in charge"), max_length=50),
        Field("registered_address", "YZSX_ZCDZ", T("注册地址", "Registered address"), max_length=300),
        Field("list_name", "YZSX_MDMC", T("名单名称", "Name of the list"), required=True),
        Field("listing_doc_no", "YZSX_RDWH", T("认定文号", "Number of the determination"), max_length=128,
              required=True),
        Field("listing_basis", "YZSX_YJ", T("列入依据", "Legal basis of the listing"), Kind.LONG, 5000, True),
        Field("main_facts", "YZSX_SS", T("主要失信事实", "Main facts"), Kind.LONG, 5000, True),
        Field("decision_content", "YZSX_NR",
              T("行政处理处罚或法院判决决定的主要内容", "Main content of the decision or judgment"), Kind.LONG, 5000),
        Field("removal_conditions", "YZSX_YCTJ", T("移出条件", "Conditions of removal"), Kind.LONG, 5000, True),
        Field("remedies", "YZSX_JJ", T("救济措施", "Remedies"), Kind.LONG, 5000, True),
        Field("decision_date", "YZSX_RDRQ", T("确认严重失信日期", "Date of the determination"), Kind.DATE, 40, True),
        publish_until("YZSX"),
        *source_fields("YZSX", T("认定单位", "Determining authority")),
    ),
)
