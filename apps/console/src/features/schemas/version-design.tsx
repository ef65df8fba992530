import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { inferEventType, saveEventType, tryEventType, usageKey, type TriedEventType } from '../../api/usage.js';
import { asProblem } from '../../api/problem.js';
import { useCan } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { CodeEditor } from '../../parts/editor/code-editor.js';
import { TextLink } from '../../parts/links.js';
import { done } from '../../parts/notice.js';
import { Section } from '../../parts/page.js';
import { Failure } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { Beside } from './version-panel.js';

const eventsInWords = (n: number): string => counted(n, '{{count}} event', '{{count}} events');
const indented = (schema: unknown): string => JSON.stringify(schema, null, 2);
/** The object that a text is, or why it is none. */
function read(text: string): { schema: Record<string, never> } | { wrong: string } {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { schema: value as Record<string, never> }
      : { wrong: t('A schema is a JSON object.') };
  } catch (error) {
    return { wrong: t('This is no JSON yet: {{message}}.', { message: (error as Error).message }) };
  }
}

/** The next version of an event type's schema: written by hand or from events, tried on the newest ones, and only then saved. */
export function VersionDesign({ type, newest, description, onSaved }: Props) {
  const can = useCan();
  const queries = useQueryClient();
  const saved = indented(newest?.schema ?? { type: 'object', properties: {} });
  const [text, setText] = useState(saved);
  const [words, setWords] = useState(description);
  const [asking, setAsking] = useState(false);
  /** The page is left before the saving is drawn, so what the blocker asks is not state. */
  const isSaved = useRef(false);
  const now = read(text);
  const changed = text !== saved || words !== description || newest === undefined;
  const trial = useMutation({ mutationFn: (schema: Record<string, never>) => tryEventType(type, schema) });
  const inferred = useMutation({
    mutationFn: (onto: 'schema' | undefined) => inferEventType(type, onto),
    onSuccess: ({ schema }) => edit(indented(schema)),
  });
  const save = useMutation({
    mutationFn: () => saveEventType(type, { schema: 'schema' in now ? now.schema : {}, description: words }),
    onSuccess: ({ version }) => {
      isSaved.current = true;
      done(t('Saved'), t('Events of {{type}} are checked by version {{version}} from now on.', { type, version }));
      for (const key of [usageKey, 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      onSaved();
    },
  });
  const edit = (next: string) => {
    setText(next);
    trial.reset();
  };
  const unsaved = () => text !== saved && !isSaved.current;
  useBlocker({
    shouldBlockFn: () => unsaved() && !window.confirm(t('Leave without saving the schema?')),
    enableBeforeUnload: unsaved,
  });
  const problems = trial.error ? asProblem(trial.error).problems : [];
  return (
    <>
      <Group gap="xs" mb="sm">
        <Button size="xs" variant="default" loading={inferred.isPending} onClick={() => inferred.mutate(undefined)}>
          {t('Write it from events')}
        </Button>
        {newest ? (
          <Button size="xs" variant="default" loading={inferred.isPending} onClick={() => inferred.mutate('schema')}>
            {t('Add the fields that are seen')}
          </Button>
        ) : null}
        <div style={{ flex: 1 }} />
        <Button
          size="xs"
          variant="default"
          disabled={!('schema' in now)}
          loading={trial.isPending}
          onClick={() => 'schema' in now && trial.mutate(now.schema)}
        >
          {t('Try on the newest events')}
        </Button>
        {can('usage-type.write') ? (
          <Button size="xs" disabled={!changed || !('schema' in now)} onClick={() => setAsking(true)}>
            {t('Save…')}
          </Button>
        ) : null}
      </Group>
      <TextInput
        label={t('What its events count')}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        mb="sm"
      />
      <CodeEditor value={text} onChange={edit} language="json" label={t('Schema of the data')} height={360} invalid={'wrong' in now || problems.length > 0} />
      {'wrong' in now ? (
        <Text size="sm" c="red" role="alert" mt="xs">
          {now.wrong}
        </Text>
      ) : null}
      {inferred.data && inferred.data.events > 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {rich('Made of the newest {{events}}, received from {{from}} to {{to}}. It holds no values: say yourself which texts and numbers are allowed.', { events: eventsInWords(inferred.data.events), from: <At at={inferred.data.from} />, to: <At at={inferred.data.to} /> })}
        </Text>
      ) : null}
      {inferred.data?.events === 0 ? (
        <Text size="sm" mt="xs">
          {t('No event of this type is among the newest, so there is nothing to make a schema of.')}
        </Text>
      ) : null}
      {inferred.isError ? <Failure error={inferred.error} what={t('the newest events')} onRetry={() => inferred.reset()} /> : null}
      {trial.isError ? <Failure error={trial.error} what={t('what it would refuse')} onRetry={() => 'schema' in now && trial.mutate(now.schema)} /> : null}
      {trial.data ? <Tried tried={trial.data} version={(newest?.version ?? 0) + 1} /> : null}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('Save version {{version}} of {{type}}', { version: (newest?.version ?? 0) + 1, type })}
        verb={t('Save')}
        pending={save.isPending}
        error={save.error}
        onConfirm={() => save.mutate()}
      >
        {trial.data && trial.data.refused > 0
          ? `${t('It would have refused {{refused}} of the newest {{events}} events.', { refused: trial.data.refused, events: trial.data.events })} `
          : trial.data
            ? null
            : `${t('It was not tried on the newest events yet.')} `}
        {t('From now on events are checked by it at the door; those that are in stay as they are.')}
      </Confirm>
    </>
  );
} // prettier-ignore

interface Props {
  type: string;
  newest: { version: number; schema: unknown } | undefined;
  description: string;
  onSaved: () => void;
}

function Tried({ tried: { events, refused, examples, compatibility }, version }: { tried: TriedEventType; version: number }) {
  return (
    <>
      <Section title={t('The newest events')}>
        <p role="status" style={{ margin: 0 }}>
          {refused === 0 ? (
            <StateMark icon={events === 0 ? IconCircleDashed : IconCircleCheck} tone={events === 0 ? 'idle' : 'ok'}>
              {events === 0 ? t('There are none to try it on') : t('Fits all of the newest {{events}}', { events: eventsInWords(events) })}
            </StateMark>
          ) : (
            <StateMark icon={IconAlertTriangle} tone="bad">
              {t('Would refuse {{refused}} of the newest {{events}}', { refused, events: eventsInWords(events) })}
            </StateMark>
          )}
        </p>
        {examples.length > 0 ? (
          <ul aria-label={t('Events that it would refuse')}>
            {examples.map(({ id, detail }) => (
              <li key={id}>
                <TextLink to="/usage" search={{ sel: id }}>
                  {id}
                </TextLink>
                : {detail}
              </li>
            ))}
          </ul>
        ) : null}
      </Section>
      {compatibility ? (
        <Section title={t('Beside version {{version}}', { version: version - 1 })}>
          <Beside compatibility={compatibility} version={version} />
        </Section>
      ) : null}
    </>
  );
}
