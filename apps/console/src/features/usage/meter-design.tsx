import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { previewMeter, saveMeter, usageKey } from '../../api/usage.js';
import { asProblem, sentencesOf } from '../../api/problem.js';
import { useCan } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { useEditedText } from '../../parts/edited-text.js';
import { CodeEditor, type Finding } from '../../parts/editor/code-editor.js';
import { done } from '../../parts/notice.js';
import { Failure } from '../../parts/situations.js';
import { MeterEffect } from './meter-effect.js';
import classes from './usage.module.css';

const SavedBetween = lazy(() => import('../../parts/editor/saved-between.js'));

/** The file on the left; on the right what it would make of past usage, beside what is made of it now. Nothing is saved unseen. */
export function MeterDesign({
  name,
  yaml: saved,
  version = 0,
  savedBy = '',
  onSaved,
}: {
  name?: string;
  yaml: string;
  version?: number;
  savedBy?: string | undefined;
  onSaved: (name: string) => void;
}) {
  const can = useCan();
  const queries = useQueryClient();
  const edited = useEditedText({ text: saved, version });
  const { text: yaml, setText: setYaml, theirs } = edited;
  const [asking, setAsking] = useState(false);
  /** The page is left before the saving is drawn, so what the blocker asks is not state. */
  const lastSaved = useRef<string>(undefined);
  const preview = useMutation({ mutationFn: () => previewMeter(nameIn(yaml) ?? name ?? 'meter', { yaml, days: 31 }) });
  const target = nameIn(yaml) ?? name ?? '';
  const changed = edited.changed || name === undefined;
  const save = useMutation({
    mutationFn: (note: string) => saveMeter(target, { yaml, activate: true, ...(note ? { note } : {}) }),
    onSuccess: (meter) => {
      done(t('Meter saved'), t('Version {{version}} counts open periods; past usage is counted by it too.', { version: meter.version }));
      setAsking(false);
      lastSaved.current = yaml;
      for (const key of [usageKey, 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      onSaved(meter.name);
    },
  });
  useBlocker({
    shouldBlockFn: () => edited.changed && lastSaved.current !== yaml && !window.confirm(t('Leave without saving the meter?')),
    enableBeforeUnload: () => edited.changed && lastSaved.current !== yaml,
  });
  const problems = useMemo(() => preview.data?.problems ?? (save.error ? asProblem(save.error).problems : []), [preview.data, save.error]);
  const findings = useMemo(
    (): Finding[] =>
      problems.map((problem) => ({
        message: sentencesOf(problem),
        severity: 'error',
        line: problem.line,
        column: problem.column,
      })),
    [problems],
  );
  const edit = (text: string) => {
    setYaml(text);
    preview.reset();
  };
  return (
    <>
      <div className={classes.bar}>
        {edited.changed ? (
          <StateMark icon={IconPencil} tone="warn">
            {t('Unsaved')}
          </StateMark>
        ) : (
          <Text size="sm" c="dimmed">
            {name ? t('As saved') : t('An example to change')}
          </Text>
        )}
        <span role="status">
          {preview.data?.ok ? (
            <StateMark icon={IconCircleCheck} tone="ok">
              {t('No problems')}
            </StateMark>
          ) : preview.data ? (
            <StateMark icon={IconAlertTriangle} tone="bad">
              {counted(problems.length, '{{count}} problem', '{{count}} problems')}
            </StateMark>
          ) : null}
        </span>
        <div style={{ flex: 1 }} />
        <Button size="xs" variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('Try on past usage')}
        </Button>
        {can('meter.write') ? (
          <Button size="xs" disabled={!changed || theirs !== undefined} onClick={() => setAsking(true)}>
            {t('Save…')}
          </Button>
        ) : null}
      </div>
      {theirs ? (
        <Suspense>
          <SavedBetween edited={edited} by={savedBy} language="yaml" />
        </Suspense>
      ) : null}
      <div className={classes.design}>
        <div>
          <CodeEditor
            value={yaml}
            onChange={edit}
            language="yaml"
            label={t('Meter file')}
            height={360}
            findings={findings}
            invalid={problems.length > 0}
            readOnly={!can('meter.write')}
            onSave={() => changed && !theirs && setAsking(true)}
          />
          {problems.length > 0 ? (
            <ul className={classes.problems} aria-label={t('Problems')}>
              {problems.map((problem, index) => (
                <li key={index}>
                  {problem.line ? `${t('Line {{line}}:', { line: problem.line })} ` : ''}
                  {sentencesOf(problem)}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
        <div>
          {preview.isError ? (
            <Failure error={preview.error} what={t('what it would make of past usage')} onRetry={() => preview.mutate()} />
          ) : null}
          {preview.data?.ok ? (
            <MeterEffect preview={preview.data} />
          ) : (
            <Text size="sm" c="dimmed">
              {t(
                '“Try on past usage” counts the last 31 days by this file and shows whose quantities would change. Nothing is saved by it.',
              )}
            </Text>
          )}
        </div>
      </div>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('Save meter {{target}}', { target })}
        verb={t('Save')}
        reason="optional"
        reasonLabel={t('Note, kept with the version')}
        pending={save.isPending}
        error={save.error}
        onConfirm={(note) => save.mutate(note)}
      >
        {name !== undefined && target !== name ? (
          <>
            {rich('The file now names {{target}}: this makes a meter of that name and leaves {{name}} as it is.', {
              target: <b>{target}</b>,
              name,
            })}{' '}
          </>
        ) : null}
        {t('The new version counts all periods that are still open. Sealed ones stay as they are.')}
      </Confirm>
    </>
  );
}

const nameIn = (yaml: string): string | undefined => /^meter:\s*["']?([a-z][a-z0-9-]*)/m.exec(yaml)?.[1];
