"""let the flows say what is signed"""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

STATES = (
    "abandoned accepted awaiting_materials awaiting_signoff closed decided dept_review dept_verifying discarded draft "
    "executed head_review legal_review office_review refusal_review refused served submitted suspended transferred "
    "withdrawn"
).split()
SIGNED = "(state IN ('decided','executed','served','closed')) = (decision_id IS NOT NULL)"


def upgrade() -> None:
    """The walls that follow the flows take over: an edge table, and a trigger on states behind a decision."""
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_case_file_state_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_case_file_decided_by_a_decision'), type_='check')


def downgrade() -> None:
    """Take it back."""
    known = ', '.join(repr(state) for state in STATES)
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_case_file_state_known'), f'state IN ({known})')
        batch_op.create_check_constraint(batch_op.f('ck_case_file_decided_by_a_decision'), SIGNED)
