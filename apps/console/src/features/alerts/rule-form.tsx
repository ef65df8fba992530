import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  previewAlertRule,
  saveAlertRule,
  type AlertChannel,
  type AlertPreview,
  type AlertRule,
  type AlertRuleItem,
} from '../../api/alerts.js';
import { connectionsQuery, flowsQuery } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { categoryOrder, categoryWord } from '../../parts/states.js';
import { Refused } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { watches, whereWords } from './alert-words.js';
import classes from './alerts.module.css';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const fresh: AlertRule = {
  description: '', watch: 'exceptions', where: {}, limits: { count: 1 }, severity: 'high', channels: [], digestMinutes: 5, repeatHours: 24, tellEnd: true, quiet: null,
  highBreaksQuiet: true, subject: null, text: null,
}; // prettier-ignore
const exampleText = '{{list}}\n\n{{link}}';
const wellNamed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A rule, with what it would find and say now before anybody is told. */
export function RuleForm({ item, channels, onClose }: { item: AlertRuleItem | undefined; channels: readonly AlertChannel[]; onClose: () => void }) {
  const queries = useQueryClient();
  const can = useCan();
  const [name, setName] = useState(item?.name ?? '');
  const [rule, setRule] = useState<AlertRule>(item?.rule ?? fresh);
  const [ownWords, setOwnWords] = useState(rule.subject !== null || rule.text !== null);
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const connections = useQuery({ ...connectionsQuery, enabled: can('connection.read') });
  const set = (next: Partial<AlertRule>) => setRule({ ...rule, ...next });
  const limit = (next: AlertRule['limits']) => set({ limits: { ...rule.limits, ...next } });
  const known = watches[rule.watch];
  const has = (field: (typeof known.limits)[number]) => known.limits.includes(field);
  const whole = (value: string | number): number | undefined => (typeof value === 'number' ? value : undefined);
  const asked = (): AlertRule => ({ ...rule, ...(ownWords ? {} : { subject: null, text: null }) });
  const preview = useMutation({ mutationFn: () => previewAlertRule(name || 'new-rule', asked()) });
  const save = useMutation({
    mutationFn: () => saveAlertRule(name, asked()),
    onSuccess: () => {
      done(t('Rule saved'), t('{{name}} looks every 15 seconds.', { name }));
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      onClose();
    },
  });
  const choices: Partial<Record<keyof AlertRule['where'], { value: string; label: string }[]>> = {
    flow: flows.data?.items.map(({ name }) => ({ value: name, label: name })),
    connection: connections.data?.items.map(({ name }) => ({ value: name, label: name })),
    category: categoryOrder.map((value) => ({ value, label: categoryWord(value) })),
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Refused error={save.error} title={t('Could not save the rule')} />
        {item ? null : (
          <TextInput
            label={t('Name')}
            description={t('Small letters, digits and dashes; stands in every notice')}
            withAsterisk
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name !== '' && !wellNamed.test(name) ? t('Such as overdue-invoices') : undefined}
          />
        )}
        <Select
          label={t('Look at')}
          description={known.means}
          data={Object.entries(watches).map(([value, { word }]) => ({ value, label: word }))}
          allowDeselect={false}
          value={rule.watch}
          onChange={(next) => {
            const watch = (next ?? 'exceptions') as AlertRule['watch'];
            set({ watch, where: {}, limits: watches[watch].usual });
          }}
        />
        {known.where.length > 0 ? (
          <SimpleGrid cols={{ base: 1, xs: known.where.length }}>
            {known.where.map((field) => {
              const change = (value: string | null) => {
                const { [field]: _, ...rest } = rule.where;
                set({ where: value ? { ...rest, [field]: value } : rest });
              };
              const data = choices[field];
              return data ? (
                <Select key={field} label={whereWords[field]} placeholder={t('Any')} clearable searchable data={data} value={rule.where[field] ?? null} onChange={change} />
              ) : (
                <TextInput key={field} label={whereWords[field]} placeholder={t('Any')} value={rule.where[field] ?? ''} onChange={(event) => change(event.currentTarget.value || null)} />
              );
            })}
          </SimpleGrid>
        ) : null}
        {known.limits.length > 0 ? (
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            {has('count') ? <NumberInput label={t('At least')} min={1} max={1_000_000} allowDecimal={false} value={rule.limits.count ?? ''} onChange={(value) => limit({ count: whole(value) })} /> : null}
            {has('minutes') ? <NumberInput label={t('For so many minutes')} min={0} max={43_200} allowDecimal={false} value={rule.limits.minutes ?? ''} onChange={(value) => limit({ minutes: whole(value) })} /> : null}
            {has('days') ? <NumberInput label={t('Within so many days')} min={1} max={365} allowDecimal={false} value={rule.limits.days ?? ''} onChange={(value) => limit({ days: whole(value) })} /> : null}
            {has('amount') ? (
              <TextInput
                label={t('From so much money')}
                placeholder="EUR 1000.00"
                defaultValue={rule.limits.amount ? `${rule.limits.amount.currency} ${rule.limits.amount.amount}` : ''}
                onChange={(event) => {
                  const [, currency, amount] = /^\s*([A-Z]{3})\s+(\d+(?:\.\d+)?)\s*$/.exec(event.currentTarget.value) ?? [];
                  limit({ amount: currency && amount ? { currency, amount } : undefined });
                }}
              />
            ) : null}
          </SimpleGrid>
        ) : null}
        {has('overdue') ? <Checkbox label={t('Only when one is over its time')} checked={rule.limits.overdue ?? false} onChange={(event) => limit({ overdue: event.currentTarget.checked || undefined })} /> : null}
        <Group align="flex-end" gap="md">
          <Stack gap={4}>
            <Text size="sm" fw={500} id="severity-of-rule">
              {t('Severity')}
            </Text>
            <SegmentedControl
              aria-labelledby="severity-of-rule"
              value={rule.severity}
              onChange={(severity) => set({ severity: severity as AlertRule['severity'] })}
              data={[
                { value: 'high', label: t('High') },
                { value: 'medium', label: t('Medium') },
              ]}
            />
          </Stack>
          <MultiSelect
            style={{ flex: '1 1 240px' }}
            label={t('Goes to')}
            description={channels.length === 0 ? t('There is no channel yet: the alert is shown here alone') : undefined}
            data={channels.map((channel) => channel.name)}
            value={rule.channels}
            onChange={(next) => set({ channels: next })}
          />
        </Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput label={t('Gather for so many minutes')} description={t('What comes meanwhile goes out together')} min={0} max={1_440} allowDecimal={false} value={rule.digestMinutes} onChange={(value) => set({ digestMinutes: whole(value) ?? 0 })} />
          <NumberInput label={t('Say it again after so many hours')} description={t('Empty: once')} min={1} max={168} allowDecimal={false} value={rule.repeatHours ?? ''} onChange={(value) => set({ repeatHours: whole(value) ?? null })} />
        </SimpleGrid>
        <Checkbox label={t('Say when it is over')} checked={rule.tellEnd} onChange={(event) => set({ tellEnd: event.currentTarget.checked })} />
        <Checkbox label={t('Quiet hours')} checked={rule.quiet !== null} onChange={(event) => set({ quiet: event.currentTarget.checked ? { from: '20:00', to: '07:00', timeZone: zone } : null })} />
        {rule.quiet ? (
          <>
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <TextInput type="time" label={t('From')} value={rule.quiet.from} onChange={(event) => set({ quiet: { ...rule.quiet!, from: event.currentTarget.value } })} />
              <TextInput type="time" label={t('To')} value={rule.quiet.to} onChange={(event) => set({ quiet: { ...rule.quiet!, to: event.currentTarget.value } })} />
              <TextInput label={t('Time zone')} value={rule.quiet.timeZone} onChange={(event) => set({ quiet: { ...rule.quiet!, timeZone: event.currentTarget.value } })} />
            </SimpleGrid>
            <Checkbox label={t('A high one goes out all the same')} checked={rule.highBreaksQuiet} onChange={(event) => set({ highBreaksQuiet: event.currentTarget.checked })} />
          </>
        ) : null}
        <Checkbox label={t('Words of our own')} description={t('Handlebars fields such as {{fields}}', { fields: '{{title}}, {{amounts}}, {{list}}, {{link}}' })} checked={ownWords} onChange={(event) => setOwnWords(event.currentTarget.checked)} />
        {ownWords ? (
          <>
            <TextInput label={t('Subject')} placeholder="[{{environment}}] {{title}}" value={rule.subject ?? ''} onChange={(event) => set({ subject: event.currentTarget.value || null })} />
            <Textarea label={t('Text')} autosize minRows={3} placeholder={exampleText} value={rule.text ?? ''} onChange={(event) => set({ text: event.currentTarget.value || null })} />
          </>
        ) : null}
        <Refused error={preview.error} title={t('Could not try the rule')} />
        {preview.data ? <Shown preview={preview.data} /> : null}
        <Group justify="space-between">
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('Try it now')}
          </Button>
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!wellNamed.test(name)}>
              {t('Save rule')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
} // prettier-ignore

function Shown({ preview: { found, subject, text, dueAt } }: { preview: AlertPreview }) {
  return (
    <section aria-label={t('What it would say now')} className={classes.preview}>
      <Text size="sm" fw={600}>
        {found.length === 0
          ? t('It finds nothing now. This is how it would sound:')
          : t('It finds {{count}} now, and would say at', { count: found.length })}{' '}
        {found.length === 0 ? null : <At at={dueAt} />}
      </Text>
      <Text size="sm" fw={500} mt={6}>
        {subject}
      </Text>
      <pre>{text}</pre>
    </section>
  );
}
