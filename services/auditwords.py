"""What the ledger keeps in short, in words for the auditor."""

from standards.words import T

KINDS = {
    "case": T("案件", "Case"),
    "record": T("信用记录", "Record"),
    "id_number": T("身份号码", "Identity number"),
    "file": T("材料", "File"),
    "account": T("账号", "Account"),
    "correction": T("更正通知", "Correction notice"),
    "audit": T("审计查询", "Audit search"),
    "sign_in": T("登录", "Sign-in"),
    "password_reset": T("找回密码", "Password recovery"),
    "account_change": T("账号变更", "Account changed"),
    "role_change": T("岗位变更", "Role changed"),
    "org_change": T("机构变更", "Organisation changed"),
    "setting_change": T("设置变更", "Setting changed"),
    "calendar_change": T("日历变更", "Calendar changed"),
    "rule_change": T("规则变更", "Rules changed"),
    "urging": T("催办督办", "Somebody urged"),
    "job_change": T("任务处置", "Job settled"),
    "declaration": T("月度填报", "Monthly declaration"),
    "token_change": T("接口令牌变更", "Token changed"),
}


PURPOSES = {
    "case page": T("查看案卷", "case page"),
    "administration": T("账号管理", "administration"),
    "publication board": T("更正发布", "publication board"),
    "correction notice": T("查阅更正通知", "correction notice"),
    "created": T("新建", "created"),
    "disable": T("停用", "disabled"),
    "enable": T("恢复", "enabled"),
    "unlock": T("解除锁定", "unlocked"),
    "sign_out": T("退出会话", "signed out"),
    "reset_factor": T("重置第二重验证", "second factor reset"),
    "link": T("生成密码链接", "password link made"),
    "asked": T("申请", "asked"),
    "granted": T("授予", "granted"),
    "refused": T("未同意", "refused"),
    "withdrawn": T("撤回", "withdrawn"),
    "ended": T("结束", "ended"),
    "added": T("新增", "added"),
    "changed": T("修改", "changed"),
    "accepted": T("接受", "accepted"),
    "rejected": T("不接受", "rejected"),
    "issued": T("签发", "issued"),
    "revoked": T("吊销", "revoked"),
    "retried": T("重试", "retried"),
    "sent again": T("重新发送", "sent again"),
}


def purpose_in_words(said: str) -> str:
    """What is stored in short, in words; a role or a day after the word stays."""
    word, _, rest = said.partition(" ")
    known = PURPOSES.get(said) or PURPOSES.get(word)
    return " ".join(filter(None, [str(known), rest if said not in PURPOSES else ""])) if known else said
