import { Button, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconEraser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { valueAt, type CaseDifference } from '@waybill/mapping-language';
import { useState } from 'react';
import { changeCase, importCases, makeCase, removeCase, type Expectation, type GoldenCaseItem } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { counted, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { TextLink } from '../../parts/links.js';
import { done } from '../../parts/notice.js';
import { FirstUse, Refused } from '../../parts/situations.js';
import type { CaseRun } from './evaluate.worker.js';
import classes from './panels.module.css';

export interface CaseSampleNow {
  /** Of a recorded message that was not changed here; its record is copied by the engine. */
  messageId: string | undefined;
  title: string | undefined;
  input: unknown;
  enriched: Record<string, unknown> | undefined;
  flow: string | undefined;
  asOf: string;
}

/** Golden cases: what samples have to become, run on each change of the text. */
export function CasesPanel({
  mapping,
  cases,
  hidden,
  packs,
  runs,
  failure,
  sample,
  output,
  onOpen,
}: {
  mapping: string;
  cases: readonly GoldenCaseItem[];
  hidden: number;
  packs: readonly { pack: string; cases: number }[];
  /** Undefined while they have not run yet. */
  runs: ReadonlyMap<string, CaseRun> | undefined;
  failure: string | undefined;
  sample: CaseSampleNow;
  /** What the text as it is makes of the sample, as JSON; undefined when nothing. */
  output: string | undefined;
  /** Takes the sample of a case into the Studio. */
  onOpen: (one: GoldenCaseItem) => void;
}) {
  const can = useCan();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: ['mappings', 'cases', mapping] });
  const [making, setMaking] = useState(false);
  const [accepting, setAccepting] = useState<GoldenCaseItem>();
  const [removing, setRemoving] = useState<GoldenCaseItem>();
  const take = useMutation({
    mutationFn: (pack: string) => importCases(mapping, pack),
    onSuccess: ({ added, left }) => {
      done(
        t('Cases taken over'),
        left.length > 0
          ? t('{{added}} added, {{left}} left: {{why}}.', { added: added.length, left: left.length, why: left[0]!.why })
          : t('{{added}} added.', { added: added.length }),
      );
      again();
    },
  });
  const accept = useMutation({
    mutationFn: ({ one, expects, reason }: { one: GoldenCaseItem; expects: Expectation; reason: string }) =>
      changeCase(mapping, one.id, { revision: one.revision, expects, reason }),
    onSuccess: (one) => {
      done(t('New output accepted'), t('{{name}} expects it from now on.', { name: one.name }));
      setAccepting(undefined);
      again();
    },
  });
  const remove = useMutation({
    mutationFn: ({ one, reason }: { one: GoldenCaseItem; reason: string }) => removeCase(mapping, one.id, reason),
    onSuccess: () => {
      done(t('Case removed'));
      setRemoving(undefined);
      again();
    },
  });
  const red = cases.filter(({ id }) => (runs?.get(id)?.differences.length ?? 0) > 0).length;
  const write = can('mapping.write');
  const newCase = write ? (
    <Button size="xs" variant="default" disabled={sample.input === undefined} onClick={() => setMaking(true)}>
      {t('Make a case of this sample…')}
    </Button>
  ) : null;
  const fromPacks = write
    ? packs.map(({ pack, cases: count }) => (
        <Button key={pack} size="xs" variant="default" loading={take.isPending} onClick={() => take.mutate(pack)}>
          {counted(count, 'Take over {{count}} case of the pack {{pack}}', 'Take over {{count}} cases of the pack {{pack}}', { pack })}
        </Button>
      ))
    : null;
  return (
    <section aria-label={t('Golden cases')}>
      {cases.length === 0 ? (
        <FirstUse
          title={t('No golden cases yet')}
          action={
            <>
              {newCase}
              {fromPacks}
            </>
          }
        >
          {t(
            'A golden case is a sample and what the mapping has to make of it. The cases run on each change, and a version is not saved while one is red.',
          )}
          {hidden > 0 ? ` ${t('There are {{hidden}} of legal entities that you do not see.', { hidden })}` : ''}
        </FirstUse>
      ) : (
        <>
          <div className={classes.head}>
            <span role="status">
              {failure
                ? t('The cases could not be run: {{failure}}', { failure })
                : runs
                  ? red > 0
                    ? t('{{red}} of {{count}} red', { red, count: cases.length })
                    : t('All {{count}} hold', { count: cases.length })
                  : t('Running…')}
              {hidden > 0 ? t('; {{hidden}} more of legal entities that you do not see run when it is saved', { hidden }) : ''}
            </span>
            <div style={{ flex: 1 }} />
            {newCase}
            {fromPacks}
          </div>
          <Refused error={take.error} title={t('Could not take them over')} />
          <ul className={classes.list} aria-label={t('Cases')}>
            {cases.map((one) => (
              <CaseRow
                key={one.id}
                one={one}
                run={runs?.get(one.id)}
                write={write}
                onOpen={() => onOpen(one)}
                onAccept={() => setAccepting(one)}
                onRemove={() => setRemoving(one)}
              />
            ))}
          </ul>
        </>
      )}
      <MakeCase
        opened={making}
        onClose={() => setMaking(false)}
        mapping={mapping}
        sample={sample}
        output={output}
        onMade={() => {
          setMaking(false);
          again();
        }}
      />
      <Confirm
        opened={accepting !== undefined}
        onClose={() => setAccepting(undefined)}
        title={t('Accept the new output of {{name}}', { name: accepting?.name ?? '' })}
        verb={t('Accept')}
        reason="required"
        pending={accept.isPending}
        error={accept.error}
        onConfirm={(reason) => {
          const run = accepting && runs?.get(accepting.id);
          if (accepting && run) accept.mutate({ one: accepting, expects: expectationOf(accepting.expects, run), reason });
        }}
      >
        {t('The case expects from now on what the text as it is here makes of its sample. The sample stays.')}
      </Confirm>
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('Remove {{name}}', { name: removing?.name ?? '' })}
        verb={t('Remove')}
        danger
        reason="required"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={(reason) => removing && remove.mutate({ one: removing, reason })}
      >
        {t('The mapping is not held to it any more.')}
      </Confirm>
    </section>
  );
}

/** What a case expects when what came out is right: of the same kind, and of the same paths. */
export function expectationOf(before: Expectation, run: CaseRun): Expectation {
  if (run.failure) return { kind: 'failure', category: run.failure.category, contains: run.failure.message.slice(0, 500) };
  if (before.kind !== 'paths') return { kind: 'whole', output: run.output };
  return {
    kind: 'paths',
    values: before.values.map(({ path }) => {
      const value = valueAt(run.output, path);
      return value === undefined ? { path } : { path, value };
    }),
  };
}

function CaseRow({
  one,
  run,
  write,
  onOpen,
  onAccept,
  onRemove,
}: {
  one: GoldenCaseItem;
  run: CaseRun | undefined;
  write: boolean;
  onOpen: () => void;
  onAccept: () => void;
  onRemove: () => void;
}) {
  const differences = run?.differences ?? [];
  return (
    <li>
      <Group gap="sm" wrap="wrap">
        {one.erased ? (
          <StateMark icon={IconEraser} tone="idle">
            {t('Erased')}
          </StateMark>
        ) : !run ? (
          <StateMark icon={IconClock} tone="idle">
            {t('Not run yet')}
          </StateMark>
        ) : differences.length > 0 ? (
          <StateMark icon={IconAlertTriangle} tone="bad">
            {t('Red')}
          </StateMark>
        ) : (
          <StateMark icon={IconCircleCheck} tone="ok">
            {t('Holds')}
          </StateMark>
        )}
        <b>{one.name}</b>
        <span className={classes.dim}>
          {[
            one.expects.kind === 'whole'
              ? t('whole output')
              : one.expects.kind === 'paths'
                ? counted(one.expects.values.length, '{{count}} path', '{{count}} paths')
                : t('is refused'),
            one.origin === 'pack'
              ? t('pack {{pack}}', { pack: one.pack ?? '' })
              : one.origin === 'pasted'
                ? t('own sample')
                : t('recorded'),
            t('hash {{hash}}', { hash: one.inputHash.slice(0, 8) }),
            ...(one.tags.length > 0 ? [one.tags.join(', ')] : []),
          ].join(' · ')}
        </span>
        {one.messageId && !one.erased ? (
          <TextLink fz="sm" underline="always" to="/messages/$id" params={{ id: one.messageId }} search={{}}>
            {t('Message')}
          </TextLink>
        ) : null}
        <div style={{ flex: 1 }} />
        {one.erased ? null : (
          <Button size="compact-xs" variant="default" onClick={onOpen}>
            {t('Open its sample')}
          </Button>
        )}
        {write && differences.length > 0 ? (
          <Button size="compact-xs" variant="default" onClick={onAccept}>
            {t('Accept new output…')}
          </Button>
        ) : null}
        {write ? (
          <Button size="compact-xs" variant="default" onClick={onRemove}>
            {t('Remove…')}
          </Button>
        ) : null}
      </Group>
      {differences.length > 0 ? <Differences differences={differences} /> : null}
    </li>
  );
}

export function Differences({ differences }: { differences: readonly CaseDifference[] }) {
  return (
    <ul className={classes.list} aria-label={t('Differences')} style={{ paddingLeft: 14 }}>
      {differences.slice(0, 20).map((difference) => (
        <li key={difference.path} style={{ border: 0, padding: '2px 0' }}>
          <code>{difference.path || t('output')}</code> {difference.words ?? ''}{' '}
          {difference.expected !== undefined || (difference.words === undefined && difference.got !== undefined) ? (
            <del className={classes.was}>{short(difference.expected)}</del>
          ) : null}{' '}
          {difference.got !== undefined || (difference.words === undefined && difference.expected !== undefined) ? (
            <ins className={classes.is}>{short(difference.got)}</ins>
          ) : null}
        </li>
      ))}
      {differences.length > 20 ? <li>{t('And {{count}} more.', { count: differences.length - 20 })}</li> : null}
    </ul>
  );
}

function short(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function MakeCase(props: {
  opened: boolean;
  onClose: () => void;
  mapping: string;
  sample: CaseSampleNow;
  output: string | undefined;
  onMade: () => void;
}) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('Make a golden case')} size="lg" centered>
      {props.opened ? <MakeCaseForm {...props} /> : null}
    </Modal>
  );
}

function MakeCaseForm({ onClose, mapping, sample, output, onMade }: Parameters<typeof MakeCase>[0]) {
  const [name, setName] = useState(sample.title ?? '');
  const [tags, setTags] = useState('');
  const [kind, setKind] = useState<'whole' | 'paths'>('whole');
  const [paths, setPaths] = useState('');
  const made = output === undefined ? undefined : (JSON.parse(output) as unknown);
  const wanted = paths.split(/\s+/).filter((path) => path !== '');
  const expects: Expectation | undefined =
    made === undefined
      ? undefined
      : kind === 'whole'
        ? { kind: 'whole', output: made }
        : {
            kind: 'paths',
            values: wanted.map((path) => {
              const value = valueAt(made, path);
              return value === undefined ? { path } : { path, value };
            }),
          };
  const words = tags.split(/[\s,]+/).filter((tag) => tag !== '');
  const make = useMutation({
    mutationFn: () =>
      makeCase(mapping, {
        name: name.trim(),
        ...(words.length > 0 ? { tags: words } : {}),
        ...(sample.messageId
          ? { messageId: sample.messageId }
          : { input: sample.input, enriched: sample.enriched, flow: sample.flow, asOf: sample.asOf }),
        ...(expects ? { expects } : {}),
      }),
    onSuccess: (one) => {
      done(t('Case made'), t('{{name}} guards the mapping from now on.', { name: one.name }));
      onMade();
    },
  });
  const missing = name.trim() === '' || (made !== undefined && kind === 'paths' && wanted.length === 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) make.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {sample.messageId
            ? t('Its record is copied as it was stored, with what was looked up for it, and never changes.')
            : t(
                'The sample as it stands here is kept, and never changes. It holds what you pasted: an erasure finds it by the customer’s id.',
              )}
        </Text>
        <TextInput
          label={t('Name')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('Tags')}
          description={t('Words in small letters, apart by spaces')}
          value={tags}
          onChange={(event) => setTags(event.currentTarget.value)}
        />
        {made === undefined ? (
          <Text size="sm">
            {t(
              'The text as it is here makes no output of it. The case will expect what the saved version makes of the sample: an output, or that it is refused.',
            )}
          </Text>
        ) : (
          <>
            <SegmentedControl
              aria-label={t('What is expected')}
              value={kind}
              onChange={(next) => setKind(next === 'paths' ? 'paths' : 'whole')}
              data={[
                { value: 'whole', label: t('The whole output as it is here') },
                { value: 'paths', label: t('Single paths of it') },
              ]}
            />
            {kind === 'paths' ? (
              <Textarea
                label={t('Paths')}
                description={t('JSON pointers such as /lines/0/amount, one a line; a path that is not there has to stay absent')}
                autosize
                minRows={3}
                value={paths}
                onChange={(event) => setPaths(event.currentTarget.value)}
              />
            ) : null}
          </>
        )}
        <Refused error={make.error} title={t('Could not make the case')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Keep as it is')}
          </Button>
          <Button type="submit" disabled={missing} loading={make.isPending}>
            {t('Make the case')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
