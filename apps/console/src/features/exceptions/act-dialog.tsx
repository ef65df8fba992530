import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { assigneesQuery } from '../../api/operate.js';
import { useIdentity } from '../../api/session.js';
import { counted, inSentence, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { amountsInWords, Money } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';
import { formatInstant } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import { assign, outcomeWords, resolve, snooze, snoozeChoices, type Act, type Done, type Outcome, type Target } from './acts.js';

type Props = { act: Exclude<Act, 'replay'>; target: Target; onClose: () => void; onDone?: () => void };

/** Asks what an act needs to know, for one exception or for many; what it says afterwards is the word of its button. */
export function ActDialog(props: Props) {
  if (props.act === 'resolve') return <Resolve {...props} />;
  return props.act === 'assign' ? <Assign {...props} /> : <Snooze {...props} />;
}

function useAct<V>(word: Done, run: (value: V) => Promise<Outcome>, { onClose, onDone }: Props) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (outcome) => {
      done(outcomeWords(word, outcome));
      onClose();
      onDone?.();
    },
    onSettled: () => ['exceptions', 'messages', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
}

/** What will be acted on: counted, summed by currency, and what is left out with the reason. */
export function What({ target }: { target: Target }) {
  if ('one' in target)
    return (
      <Text size="sm" component="div">
        {target.one.title ?? target.one.cause}
        {target.one.amount ? (
          <>
            {' '}
            · <Money value={target.one.amount} />
          </>
        ) : null}
      </Text>
    );
  const { count, amounts, excluded } = target.frozen;
  return (
    <Text size="sm" component="div">
      <b>{counted(count, '{{count}} exception', '{{count}} exceptions')}</b>
      {amounts.length > 0 ? <> {t('with {{amounts}}', { amounts: amountsInWords(amounts) })}</> : null}
      {t(', exactly as they were counted now.')}
      {excluded.map(({ reason, count: left }) => (
        <div key={reason}>{t('Left out: {{left}} {{reason}}.', { left, reason })}</div>
      ))}
    </Text>
  );
}

function Form({
  title,
  verb,
  pending,
  error,
  ready,
  onClose,
  onSubmit,
  children,
}: {
  title: string;
  verb: string;
  pending: boolean;
  error: unknown;
  ready: boolean;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) {
  return (
    <Modal opened onClose={onClose} title={title} size="md" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSubmit();
        }}
      >
        <Stack gap="md">
          {children}
          <Refused error={error} title={t('Could not {{verb}}', { verb: inSentence(verb) })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Keep as it is')}
            </Button>
            <Button type="submit" disabled={!ready} loading={pending}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const nobody = 'nobody';

function Assign(props: Props) {
  const me = useIdentity();
  const people = useQuery(assigneesQuery);
  const own = me?.kind === 'user' ? me.id : undefined;
  const [to, setTo] = useState<string | null>(own ?? null);
  const act = useAct('assigned', (value: string | null) => assign(props.target, value), props);
  const items = people.data?.items ?? [];
  const data = [
    ...items.filter(({ id }) => id === own).map(({ id, name }) => ({ value: id, label: t('{{name}} (you)', { name }) })),
    ...items.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: name })),
    { value: nobody, label: t('Nobody: give back') },
  ];
  return (
    <Form
      title={t('Assign')}
      verb={t('Assign')}
      pending={act.isPending}
      error={act.error ?? people.error}
      ready={to !== null}
      onClose={props.onClose}
      onSubmit={() => act.mutate(to === nobody ? null : to)}
    >
      <What target={props.target} />
      <Select
        label={t('Owner')}
        description={t('Whoever assigns to themselves has taken it up')}
        data={data}
        value={to}
        onChange={setTo}
        searchable
        nothingFoundMessage={t('Nobody of this name works on exceptions')}
        data-autofocus
      />
    </Form>
  );
}

const ownTime = 'own';

function Snooze(props: Props) {
  const { zone } = useZone();
  const [choices] = useState(() => snoozeChoices(new Date()));
  const [choice, setChoice] = useState('0');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const until = choice === ownTime ? new Date(typed) : choices[Number(choice)]!.until;
  const ready = !Number.isNaN(until.getTime());
  const act = useAct<void>('snoozed', () => snooze(props.target, until.toISOString(), reason.trim()), props);
  return (
    <Form
      title={t('Snooze')}
      verb={t('Snooze')}
      pending={act.isPending}
      error={act.error}
      ready={ready}
      onClose={props.onClose}
      onSubmit={() => act.mutate()}
    >
      <What target={props.target} />
      <Radio.Group
        label={t('Until')}
        description={t('It comes back by itself. Its time runs on meanwhile.')}
        value={choice}
        onChange={setChoice}
      >
        <Stack gap={8} mt={6}>
          {choices.map(({ label, until: at }, index) => (
            <Radio
              key={label}
              value={String(index)}
              label={label}
              description={formatInstant(at.toISOString(), zone, { seconds: false })}
            />
          ))}
          <Radio value={ownTime} label={t('Another time')} />
        </Stack>
      </Radio.Group>
      {choice === ownTime ? (
        <TextInput
          type="datetime-local"
          label={t('Time')}
          description={t("By this browser's clock, within 92 days")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        label={t('Reason')}
        description={t('Kept in its history')}
        autosize
        minRows={1}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}

function Resolve(props: Props) {
  const act = useAct('resolved', (reason: string) => resolve(props.target, reason), props);
  const { target } = props;
  const many = 'frozen' in target;
  return (
    <Confirm
      opened
      onClose={props.onClose}
      title={t('Resolve without posting')}
      verb={t('Resolve')}
      danger
      reason="required"
      reasonLabel={many ? t('Why will they not be posted?') : t('Why will it not be posted?')}
      typed={many ? String(target.frozen.count) : (target.one.title ?? t('resolve'))}
      pending={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.mutate(reason)}
    >
      <What target={target} />
      {many
        ? t('None of these documents will be sent to the target by its flow.')
        : t('The document will not be sent to the target by this flow.')}{' '}
      {t('Do this when it was booked by hand, or is not to be booked at all. The reason is kept in the audit log.')}
    </Confirm>
  );
}
