"""Tokens of the API, what they used of their minute, and what writes were answered.

With who may see and make tokens; and rules still cannot be ignored (see 0004).
"""

import datetime
import importlib

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

TABLES = ("token", "quota", "keptanswer")
SEEN = [f"view_{name}" for name in TABLES]
MORE = {
    "Reader": ["make_token"],
    "Curator": ["make_token", "propose"],
    "Reviewer": ["make_token", "propose"],
}

rules = importlib.import_module("publishing.migrations.0004_rules_cannot_be_ignored")


def _permissions(apps, names):
    config = apps.get_app_config("publishing")
    # Permissions are made after all migrations; here they are needed now.
    module, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = module
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="publishing",
        content_type__model__in=TABLES,
        codename__in=names,
    )


def give(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, more in MORE.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, SEEN + more))


def take(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, more in MORE.items():
        for group in Group.objects.filter(name=name):
            group.permissions.remove(*_permissions(apps, SEEN + more))


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0006_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Of the program or machine that uses it.', max_length=50)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('propose', 'Propose'), ('curate', 'Curate'), ('publish', 'Publish')], max_length=10), size=None)),
                ('start', models.CharField(help_text='How the secret begins, to recognise it by.', max_length=12)),
                ('digest', models.CharField(help_text='Of the secret.', max_length=64, unique=True)),
                ('per_minute', models.PositiveIntegerField(blank=True, help_text='Empty: as many as the installation allows any token.', null=True, verbose_name='requests a minute')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.CharField(max_length=150)),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: never; then revoke it when it is done.', null=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='Exact to some minutes.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=150)),
                ('revoked_why', models.TextField(blank=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
                'ordering': ('-id',),
                'permissions': [('make_token', 'Can make API tokens for oneself'), ('propose', 'Can propose through the API'), ('manage_token', 'Can make and revoke the tokens of others')],
            },
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('token', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='quota', serialize=False, to='publishing.token')),
                ('minute', models.BigIntegerField(help_text='Minutes since 1970.')),
                ('used', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ('token',),
            },
        ),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='The Idempotency-Key.', max_length=255)),
                ('request', models.CharField(help_text='SHA-256 of method, address, conditions and body.', max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('status', models.PositiveSmallIntegerField()),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(blank=True)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_answers', to='publishing.token')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='publishing_token_name_not_blank', violation_error_message='This cannot be blank.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('made_by__regex', '\\S')), name='publishing_token_made_by_not_blank', violation_error_message='This cannot be blank.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('made_at__gte', datetime.datetime(1, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('made_at__lte', datetime.datetime(9999, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='publishing_token_made_at_in_calendar'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.UniqueConstraint(models.F('name'), condition=models.Q(('revoked_at', None)), name='publishing_token_name_once', violation_error_message='Another token that is not revoked has that name: choose another name, or revoke that one.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='publishing_token_digest_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['read', 'propose', 'curate', 'publish']), ('scopes__len__gte', 1)), name='publishing_token_scopes_are_known'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('per_minute', None), ('per_minute__gte', 1), _connector='OR'), name='publishing_token_allows_some_requests', violation_error_message='Allow at least one request a minute.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at', None), ('expires_at__gt', models.F('made_at')), _connector='OR'), name='publishing_token_expires_later', violation_error_message='It would be expired already.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', ''), ('revoked_why', '')), models.Q(('revoked_at__gte', models.F('made_at')), ('revoked_at__isnull', False), ('revoked_by__regex', '\\S'), ('revoked_why__regex', '\\S')), _connector='OR'), name='publishing_token_revoked_by_somebody_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='as_made', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."per_minute" IS DISTINCT FROM (NEW."per_minute") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d32c6a6f458a81bac30d5fb548859c73e969655b', operation='UPDATE', pgid='pgtrigger_as_made_8c556', table='publishing_token', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='revoked_for_ever', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='436bcad4947fe599a4ef76ea61bb524940aa7f54', operation='UPDATE', pgid='pgtrigger_revoked_for_ever_7f058', table='publishing_token', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e4ae472835159e36ab17d40f1766ec330e015e3d', operation='DELETE', pgid='pgtrigger_stays_7bfaa', table='publishing_token', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='not_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            RAISE EXCEPTION 'table % is not emptied', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation',\n                      CONSTRAINT = TG_TABLE_NAME || '_not_emptied';\n        ", hash='a1c7c8c579ce17188e974550c4aa0121b1fa7951', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_not_emptied_7809a', table='publishing_token', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='keptanswer',
            index=models.Index(models.F('token'), models.F('at'), name='publishing_keptanswer_age'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '\\S')), name='publishing_keptanswer_key_not_blank', violation_error_message='This cannot be blank.'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.CheckConstraint(condition=models.Q(('at__gte', datetime.datetime(1, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('at__lte', datetime.datetime(9999, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='publishing_keptanswer_at_in_calendar'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('headers'), function='jsonb_typeof', output_field=models.TextField()), models.Value('object'))), name='publishing_keptanswer_headers_is_object'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.UniqueConstraint(models.F('token'), models.F('key'), name='publishing_keptanswer_once_per_key'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.CheckConstraint(condition=models.Q(('request__regex', '^[0-9a-f]{64}$')), name='publishing_keptanswer_request_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.CheckConstraint(condition=models.Q(('status__gte', 200), ('status__lt', 300)), name='publishing_keptanswer_of_what_was_done'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptanswer',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7b57795fd0bd56e716cfc67653cffea85c6090bd', operation='UPDATE', pgid='pgtrigger_never_changes_e2b53', table='publishing_keptanswer', when='BEFORE')),
        ),
        # Counts of one minute: not worth the write-ahead log.
        migrations.RunSQL(
            sql="ALTER TABLE publishing_quota SET UNLOGGED",
            reverse_sql="ALTER TABLE publishing_quota SET LOGGED",
        ),
        migrations.RunPython(give, take),
        migrations.RunSQL(sql=rules.NEVER, reverse_sql=migrations.RunSQL.noop),
    ]
