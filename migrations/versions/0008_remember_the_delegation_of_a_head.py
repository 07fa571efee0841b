"""remember the delegation under which a head decides"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Recusals, rules and moved cases name the delegation under which they were settled."""
    with op.batch_alter_table('pack_move', schema=None) as batch_op:
        batch_op.add_column(sa.Column('settled_under', sa.String(length=64), nullable=True, comment='delegation under which it was settled'))

    with op.batch_alter_table('recusal_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delegation', sa.String(length=64), nullable=True, comment='under which it was decided for the head'))

    with op.batch_alter_table('rule_pack', schema=None) as batch_op:
        batch_op.add_column(sa.Column('approved_under', sa.String(length=64), nullable=True, comment='delegation under which it was approved'))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('rule_pack', schema=None) as batch_op:
        batch_op.drop_column('approved_under')

    with op.batch_alter_table('recusal_decision', schema=None) as batch_op:
        batch_op.drop_column('delegation')

    with op.batch_alter_table('pack_move', schema=None) as batch_op:
        batch_op.drop_column('settled_under')
