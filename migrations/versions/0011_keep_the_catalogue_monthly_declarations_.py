"""keep the catalogue, monthly declarations and the way a file came"""

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The collection catalogue with its drafts; what departments declare of a month; channel and answer of a batch."""
    op.create_table('catalogue_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category', sa.String(length=32), nullable=False, comment='code of the category'),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='authority; empty: all'),
    sa.Column('scope', sa.String(length=64), nullable=False, comment='category/authority'),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=8), nullable=False, comment='draft, waiting, approved or dropped'),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('severity_rule', sa.String(length=12), nullable=False, comment='rules, none, minor, general or serious'),
    sa.Column('periods', sa.JSON(), nullable=False, comment='class or empty: {publish, min_months, max_months}'),
    sa.Column('report_days', sa.Integer(), nullable=False, comment='working days within which it must be published; 0: monthly'),
    sa.Column('legal_basis', sa.Text(), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False, comment='why it was returned'),
    sa.Column('drafted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('drafted_at', UTCDateTime(), nullable=False),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', UTCDateTime(), nullable=True),
    sa.CheckConstraint("(stage = 'approved') = (approved_by IS NOT NULL)", name=op.f('ck_catalogue_entry_approved_by_somebody')),
    sa.CheckConstraint('approved_by <> drafted_by', name=op.f('ck_catalogue_entry_approved_by_another')),
    sa.ForeignKeyConstraint(['approved_by'], ['user.id'], name=op.f('fk_catalogue_entry_approved_by')),
    sa.ForeignKeyConstraint(['drafted_by'], ['user.id'], name=op.f('fk_catalogue_entry_drafted_by')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_catalogue_entry_org_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_entry')),
    sa.UniqueConstraint('scope', 'edition', name=op.f('uq_catalogue_entry_scope_edition'))
    )
    with op.batch_alter_table('catalogue_entry', schema=None) as batch_op:
        batch_op.create_index('uq_catalogue_entry_open', ['scope'], unique=True, sqlite_where=sa.text("stage IN ('draft', 'waiting')"), postgresql_where=sa.text("stage IN ('draft', 'waiting')"))

    op.create_table('monthly_declaration',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False, comment='its first day'),
    sa.Column('category', sa.String(length=32), nullable=False),
    sa.Column('produced', sa.Integer(), nullable=False, comment='产生数量'),
    sa.Column('shown_by_unit', sa.Integer(), nullable=False, comment='本单位公示数量'),
    sa.Column('why_unsent', sa.Text(), nullable=False, comment='未报送依据'),
    sa.Column('problems', sa.Text(), nullable=False, comment='报送存在问题情况'),
    sa.Column('declared_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('declared_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['declared_by'], ['user.id'], name=op.f('fk_monthly_declaration_declared_by')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_monthly_declaration_org_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monthly_declaration')),
    sa.UniqueConstraint('org_id', 'month', 'category', name=op.f('uq_monthly_declaration_org_id_month_category'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(length=8), server_default='page', nullable=False, comment='page, api or command'))
        batch_op.add_column(sa.Column('token_id', sa.Integer(), nullable=True, comment='API token it came with'))
        batch_op.add_column(sa.Column('heard_at', UTCDateTime(), nullable=True, comment='last sign of life of who judges it'))
        batch_op.add_column(sa.Column('answer_due', sa.Date(), nullable=True, comment='last day to give its errors back'))
        batch_op.add_column(sa.Column('answered_at', UTCDateTime(), nullable=True, comment="every row had its verdict and a person's word"))
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=32),
               comment='what the file holds: a word of standards.categories',
               existing_comment='penalties or permits',
               existing_nullable=False)
        batch_op.alter_column('state',
               existing_type=sa.VARCHAR(length=16),
               comment='received, judging, judged, approved, loaded, …',
               existing_comment='judging, judged, approved, loaded, rejected, failed',
               existing_nullable=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.alter_column('state',
               existing_type=sa.VARCHAR(length=16),
               comment='judging, judged, approved, loaded, rejected, failed',
               existing_comment='received, judging, judged, approved, loaded, …',
               existing_nullable=False)
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=32),
               comment='penalties or permits',
               existing_comment='what the file holds: a word of standards.categories',
               existing_nullable=False)
        batch_op.drop_column('answered_at')
        batch_op.drop_column('answer_due')
        batch_op.drop_column('heard_at')
        batch_op.drop_column('token_id')
        batch_op.drop_column('channel')

    op.drop_table('monthly_declaration')
    with op.batch_alter_table('catalogue_entry', schema=None) as batch_op:
        batch_op.drop_index('uq_catalogue_entry_open', sqlite_where=sa.text("stage IN ('draft', 'waiting')"), postgresql_where=sa.text("stage IN ('draft', 'waiting')"))

    op.drop_table('catalogue_entry')
