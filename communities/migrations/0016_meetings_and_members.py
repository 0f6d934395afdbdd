import datetime

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# 召开 wrote over the day that had been announced. History knows it, where it was another one. What was
# decided is closed to updates by a trigger, which `migrate` puts back.
HELD = """
DROP TRIGGER IF EXISTS portal_content ON communities_deliberationmeeting;
UPDATE communities_deliberationmeeting SET held_on = planned_on WHERE attended IS NOT NULL;
UPDATE communities_deliberationmeeting m SET planned_on = announced.day FROM (
  SELECT DISTINCT ON (object_id) object_id, (changes -> 'held_on' ->> 0)::date AS day
  FROM lifecycle_step
  WHERE model = 'communities.deliberationmeeting' AND verb = 'hold' AND changes ? 'held_on'
  ORDER BY object_id, id DESC
) announced WHERE announced.object_id = m.id AND announced.day <= m.held_on
"""

# Companies and partners that stand there by name are the records of that name.
REFERRED = """
UPDATE communities_governingbody b SET company_id = c.id FROM communities_propertycompany c
WHERE b.kind = 'property' AND c.name = b.name AND EXISTS (
  SELECT FROM communities_servedcompound s
  WHERE s.company_id = c.id AND left(s.area_id, 12) = b.area_id AND s.ended_on IS NULL)
  AND (SELECT count(*) FROM communities_propertycompany o WHERE o.name = c.name) = 1;
UPDATE communities_governingbody b SET agreement_id = (
  SELECT max(a.id) FROM communities_cobuildingagreement a
  WHERE a.area_id = b.area_id AND a.unit = b.name AND a.state = 'signed'
    AND a.valid_to >= current_date)
WHERE b.kind = 'partner' AND b.ended_on IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_division_changes'),
        ('communities', '0015_links'),
        ('lifecycle', '0003_kept_as_decided'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint('deliberationmeeting', 'meeting_notice'),
        migrations.RemoveConstraint('deliberationmeeting', 'meeting_resolved'),
        migrations.RemoveConstraint('deliberationmeeting', 'meeting_attendance_fits_state'),
        migrations.RenameField('deliberationmeeting', 'held_on', 'planned_on'),
        migrations.AlterModelOptions(
            name='deliberationmeeting',
            options={'ordering': ['-planned_on', '-pk'], 'verbose_name': '议事协商会议', 'verbose_name_plural': '议事协商会议'},
        ),
        migrations.AddField(
            model_name='committeemember',
            name='born',
            field=models.CharField(blank=True, help_text='如1978-06；不公开。', max_length=7, validators=[django.core.validators.RegexValidator('\\A(19[2-9]\\d|20\\d\\d)-(0[1-9]|1[0-2])\\Z', '请写成年和月，如1978-06。')], verbose_name='出生年月'),
        ),
        migrations.AddField(
            model_name='committeemember',
            name='chosen',
            field=models.CharField(blank=True, choices=[('elected', '换届选举'), ('appointed', '任命'), ('filled', '补选')], max_length=10, verbose_name='产生方式'),
        ),
        migrations.AddField(
            model_name='committeemember',
            name='chosen_on',
            field=models.DateField(blank=True, null=True, verbose_name='选举（任命）日期'),
        ),
        migrations.AddField(
            model_name='committeemember',
            name='education',
            field=models.CharField(blank=True, choices=[('basic', '初中及以下'), ('secondary', '高中（中专）'), ('college', '大专'), ('bachelor', '本科'), ('master', '研究生')], max_length=10, verbose_name='学历'),
        ),
        migrations.AddField(
            model_name='committeemember',
            name='politics',
            field=models.CharField(blank=True, choices=[('party', '中共党员（含预备党员）'), ('league', '共青团员'), ('other_party', '民主党派'), ('masses', '群众')], max_length=12, verbose_name='政治面貌'),
        ),
        migrations.AddField(
            model_name='committeemember',
            name='sex',
            field=models.CharField(blank=True, choices=[('female', '女'), ('male', '男')], max_length=10, verbose_name='性别'),
        ),
        migrations.AddField(
            model_name='deliberationmeeting',
            name='began',
            field=models.TimeField(blank=True, null=True, verbose_name='开始时间'),
        ),
        migrations.AddField(
            model_name='deliberationmeeting',
            name='ended',
            field=models.TimeField(blank=True, null=True, verbose_name='结束时间'),
        ),
        migrations.AddField(
            model_name='deliberationmeeting',
            name='ends',
            field=models.TimeField(blank=True, null=True, verbose_name='拟定结束时间'),
        ),
        migrations.AddField(
            model_name='deliberationmeeting',
            name='held_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='召开日期'),
        ),
        migrations.AddField(
            model_name='deliberationmeeting',
            name='starts',
            field=models.TimeField(blank=True, help_text='公告时须写明。', null=True, verbose_name='拟定开始时间'),
        ),
        migrations.AddField(
            model_name='governingbody',
            name='agreement',
            field=models.ForeignKey(blank=True, help_text='类别为共建单位的选。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='communities.cobuildingagreement', verbose_name='共建协议'),
        ),
        migrations.AddField(
            model_name='governingbody',
            name='company',
            field=models.ForeignKey(blank=True, help_text='类别为物业服务企业的选。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='communities.propertycompany', verbose_name='物业企业'),
        ),
        migrations.AlterField(
            model_name='deliberationmeeting',
            name='planned_on',
            field=models.DateField(verbose_name='拟定召开日期'),
        ),
        migrations.AlterField(
            model_name='governingbody',
            name='name',
            field=models.CharField(blank=True, help_text='选了物业企业或共建协议的可留空。', max_length=60, verbose_name='名称'),
        ),
        migrations.RunSQL(HELD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='committeemember',
            constraint=models.CheckConstraint(condition=models.Q(('started_on__isnull', True), ('chosen_on__isnull', True), ('started_on__gte', models.F('chosen_on')), _connector='OR'), name='member_chosen', violation_error_message='任职日期不能早于选举（任命）日期。'),
        ),
        migrations.AddConstraint(
            model_name='committeemember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chosen', ''), ('chosen_on', None)), models.Q(models.Q(('chosen', ''), _negated=True), ('chosen_on__isnull', False)), _connector='OR'), name='member_chosen_on_a_day', violation_error_message='产生方式和选举（任命）日期须同时填写，不知道的同时留空。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('announced_on__isnull', True), ('planned_on__gte', django.db.models.expressions.CombinedExpression(models.F('announced_on'), '+', models.Value(datetime.timedelta(days=3)))), _connector='OR'), name='meeting_notice', violation_error_message='召开日期须在公告3天以后。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('held_on__isnull', True), ('planned_on__isnull', True), ('held_on__gte', models.F('planned_on')), _connector='OR'), name='meeting_held', violation_error_message='召开不能早于公告的日期；提前召开的，请先办理“改期”，再重新公告。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), models.Q(('starts__isnull', False), models.Q(('starts', models.F('ends')), _negated=True), models.Q(('ends__gt', models.F('starts')), ('ends', datetime.time(0, 0)), django.db.models.lookups.LessThanOrEqual(models.Func(models.F('ends'), models.F('starts'), arg_joiner=' - ', output_field=models.IntegerField(), template='mod((extract(epoch from (%(expressions)s)) / 60)::integer + 1440, 1440)'), 720), _connector='OR')), _connector='OR'), name='meeting_planned_hours', violation_error_message='结束时间须晚于开始时间；到次日的填次日的时间，不超过12小时，到半夜的填24:00。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('ended__isnull', True), models.Q(('began__isnull', False), models.Q(('began', models.F('ended')), _negated=True), models.Q(('ended__gt', models.F('began')), ('ended', datetime.time(0, 0)), django.db.models.lookups.LessThanOrEqual(models.Func(models.F('ended'), models.F('began'), arg_joiner=' - ', output_field=models.IntegerField(), template='mod((extract(epoch from (%(expressions)s)) / 60)::integer + 1440, 1440)'), 720), _connector='OR')), _connector='OR'), name='meeting_hours', violation_error_message='结束时间须晚于开始时间；到次日的填次日的时间，不超过12小时，到半夜的填24:00。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_on__isnull', True), ('held_on__isnull', True), ('resolved_on__gte', models.F('held_on')), _connector='OR'), name='meeting_resolved', violation_error_message='决议日期不能早于召开日期。'),
        ),
        migrations.AddConstraint(
            model_name='deliberationmeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attended__isnull', True), ('began__isnull', True), ('held_on__isnull', True), ('state__in', ['planned', 'announced', 'cancelled'])), models.Q(('attended__isnull', False), ('entitled__isnull', False), ('held_on__isnull', False), models.Q(('state__in', ['planned', 'announced', 'cancelled']), _negated=True)), _connector='OR'), name='meeting_attendance_fits_state', violation_error_message='召开的会议须有召开日期、应到和实到人数，未召开的没有。'),
        ),
        migrations.AddConstraint(
            model_name='governingbody',
            constraint=models.CheckConstraint(condition=models.Q(('company', None), ('kind', 'property'), _connector='OR'), name='body_company', violation_error_message='类别为物业服务企业的才选物业企业。'),
        ),
        migrations.AddConstraint(
            model_name='governingbody',
            constraint=models.CheckConstraint(condition=models.Q(('agreement', None), ('kind', 'partner'), _connector='OR'), name='body_agreement', violation_error_message='类别为共建单位的才选共建协议。'),
        ),
        migrations.AddConstraint(
            model_name='governingbody',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='body_named', violation_error_message='请填写名称，或选物业企业、共建协议。'),
        ),
        AddConstraintNotValid(
            model_name='payperiod',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('month__isnull', True), ('closed_on__gte', models.F('month')), _connector='OR'), name='pay_period_closed', violation_error_message='关账不能早于该月1日。'),
        ),
        AddConstraintNotValid(
            model_name='propertycompany',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('party_founded_on__isnull', True), ('ended_on__gte', models.F('party_founded_on')), _connector='OR'), name='property_party_founded', violation_error_message='退出不能早于党组织成立日期。'),
        ),
        AddConstraintNotValid(
            model_name='propertycompany',
            constraint=models.CheckConstraint(condition=models.Q(('cross_posted_on__isnull', True), ('started_on__isnull', True), ('cross_posted_on__gte', models.F('started_on')), _connector='OR'), name='property_cross_posted', violation_error_message='交叉任职不能早于进驻日期。'),
        ),
        migrations.RunSQL(REFERRED, migrations.RunSQL.noop),
    ]
