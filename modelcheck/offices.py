"""The offices that are looked at. Person 1 is always the leader, in whose place delegates sign."""

from modelcheck.people import Office, office

FULL = {
    "objection": """
leader     LD
owner      APP
agent      AGT
clerk      INT
sun        INT CO
bai        CO COH
head       COH LD~in
lawyer     LEG
importer*  DR
wu         DR DH
chief      DH
reviewer3  DR@3
chief3     DH@3
publisher  PUB LD~late LD~other
""",
    "complaint": """
leader     LD
owner      APP
agent      AGT
passerby   PBL
clerk      INT
sun        INT CO
bai?       CO COH
he         CO
head       COH LD~in
accused    DR
accused2   DH
turncoat   CO DR
reviewer3  DR@3
wu3        DR@3 DH@3
chief3     DH@3
reviewer4  DR@4
chief4     DH@4
""",
    "repair": """
leader     LD
owner      APP
agent      AGT
clerk      INT
sun        INT CO
bai        CO COH
head       COH LD~in
lawyer     LEG
importer*  DR
reviewer   DR
wu         DR DH
chief      DH
publisher  PUB LD~late LD~other
""",
}

# One person on every seat, a signer by name, and on the applicant's side, besides one plain person on each: who can do
# wrong, will.
TEMPTED = """
leader+    LD
deputy     LD
owner      APP
jack+      AGT INT CO COH LEG LD PUB DR DH DR@3 DH@3 DR@4 DH@4
clerk      INT
clerk2     INT
officer?   CO
officer2   CO
head       COH LD~in
head2      COH
lawyer     LEG
importer*  DR DH DR@3
reviewer   DR
reviewer2  DR
chief      DH
chief2     DH
reviewer3  DR@3
chief3     DH@3
reviewer4  DR@4 DH@4
chief4     DH@4
publisher  PUB LD~late LD~other
"""
# Jack is nobody of the department complained of; the mole is, and sits everywhere besides.
MOLE = "\nmole+      INT CO COH LD DR DH DR@3 DH@3 DR@4 DH@4\npasserby   PBL\nreviewer5  DR@3\nchief5     DH@3\n"


def tempted(kind: str) -> Office:
    """The office on which wrong tables are tried."""
    if kind == "complaint":
        return office(kind, TEMPTED.replace(" DR DH DR@3", " DR@3").strip() + MOLE)
    return office(kind, TEMPTED)


def full(kind: str) -> Office:
    """The office of the exhaustive search."""
    return office(kind, FULL[kind])
