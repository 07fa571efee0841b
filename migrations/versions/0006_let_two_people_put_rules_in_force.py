"""let two people put rules in force"""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The database itself refuses rules that their drafter approved."""
    with op.batch_alter_table('rule_pack', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_rule_pack_approved_by_another'), 'approved_by <> drafted_by')


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('rule_pack', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rule_pack_approved_by_another'), type_='check')
