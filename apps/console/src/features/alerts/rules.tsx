import { Button, Group, Modal } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  alertChannelsQuery,
  alertRulesQuery,
  pauseAlertRule,
  removeAlertRule,
  resumeAlertRule,
  type AlertRuleItem,
} from '../../api/alerts.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { RuleMark, ruleInWords, SeverityMark } from './alert-words.js';
import { RuleForm } from './rule-form.js';

const route = getRouteApi('/app/alerts');

export function Rules() {
  const { sel } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(alertRulesQuery);
  const channels = useQuery(alertChannelsQuery);
  const [removing, setRemoving] = useState<AlertRuleItem>();
  const open = (name: string | undefined) => void navigate({ to: '/alerts', search: { tab: 'rules', sel: name } });
  const again = () => void queries.invalidateQueries({ queryKey: ['alerts'] });
  const turn = useMutation({
    mutationFn: (item: AlertRuleItem) => (item.state === 'on' ? pauseAlertRule(item.name) : resumeAlertRule(item.name)),
    onSuccess: (item) => {
      done(item.state === 'on' ? t('Rule resumed') : t('Rule paused'));
      again();
    },
  });
  const remove = useMutation({
    mutationFn: (item: AlertRuleItem) => removeAlertRule(item.name),
    onSuccess: () => {
      done(t('Rule removed'));
      setRemoving(undefined);
      again();
    },
  });
  if (query.isPending || channels.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('alert rules')} onRetry={() => void query.refetch()} />;
  const rules = query.data.items;
  const chosen = rules.find(({ name }) => name === sel);
  const write = can('alert.write');
  const columns: Column<AlertRuleItem>[] = [
    { id: 'name', header: t('Rule'), cell: ({ name }) => name },
    { id: 'looks', header: t('Looks at'), grow: true, room: 2, cell: ({ rule }) => ruleInWords(rule) },
    { id: 'severity', header: t('Severity'), room: 3, cell: ({ rule }) => <SeverityMark severity={rule.severity} /> },
    { id: 'channels', header: t('Goes to'), room: 2, cell: ({ rule }) => (rule.channels.length > 0 ? rule.channels.join(', ') : t('Only here')) },
    { id: 'state', header: t('State'), cell: (item) => <RuleMark item={item} /> },
    { id: 'looked', header: t('Looked'), room: 3, cell: ({ lookedAt }) => (lookedAt ? <Ago at={lookedAt} /> : t('Not yet')) },
    {
      id: 'acts',
      header: t('Actions'),
      cell: (item) =>
        write ? (
          <Group gap={6} wrap="nowrap">
            <Button size="compact-xs" variant="default" loading={turn.isPending && turn.variables.name === item.name} onClick={() => turn.mutate(item)} aria-label={`${item.state === 'on' ? t('Pause') : t('Resume')} ${item.name}`}>
              {item.state === 'on' ? t('Pause') : t('Resume')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setRemoving(item)} aria-label={t('Remove {{name}}', { name: item.name })}>
              {t('Remove…')}
            </Button>
          </Group>
        ) : null,
    },
  ]; // prettier-ignore
  const make = write ? (
    <Button size="xs" onClick={() => open('new')}>
      {t('Make rule')}
    </Button>
  ) : null;
  return (
    <>
      <Refused error={turn.error} title={turn.variables?.state === 'on' ? t('Could not pause the rule') : t('Could not resume the rule')} />
      {rules.length === 0 ? (
        <FirstUse icon={IconBell} title={t('No rules')} action={make}>
          {t('Begin with three: a connection that fails for five minutes, exceptions over their time, a control with gaps.')}
        </FirstUse>
      ) : (
        <>
          <Group justify="flex-end" mb="sm">
            {make}
          </Group>
          <DataTable label={t('Alert rules')} columns={columns} rows={rules} rowId={({ name }) => name} onOpen={({ name }) => open(name)} openId={chosen?.name} />
        </>
      )}
      <Modal
        opened={write && (sel === 'new' || chosen !== undefined)}
        onClose={() => open(undefined)}
        title={chosen ? t('Rule {{name}}', { name: chosen.name }) : t('Make rule')}
        size="lg"
        centered
      >
        <RuleForm key={chosen?.name ?? 'new'} item={chosen} channels={channels.data?.items ?? []} onClose={() => open(undefined)} />
      </Modal>
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('Remove rule')}
        verb={t('Remove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing)}
      >
        {rich('{{name}} looks no more, and what it found is closed without a word. What was sent stays in the log.', { name: <b>{removing?.name}</b> })}
      </Confirm>
    </>
  );
} // prettier-ignore
