import { Button, Checkbox, SegmentedControl, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { checkFlowQuery, saveFlow } from '../../api/build.js';
import { asProblem, sentencesOf } from '../../api/problem.js';
import { useCan } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { useEditedText } from '../../parts/edited-text.js';
import { CodeEditor, type Finding } from '../../parts/editor/code-editor.js';
import { done } from '../../parts/notice.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './flows.module.css';
import { FlowOutline } from './flow-outline.js';
import { FlowProblems } from './flow-problems.js';
import { lineOfKey, outlineOf, type Step } from './outline.js';
import { useFlowCompletion } from './use-flow-completion.js';

const StepForm = lazy(() => import('./step-form.js'));
const FlowGraph = lazy(() => import('./flow-graph.js'));
const SavedBetween = lazy(() => import('../../parts/editor/saved-between.js'));

/** The file on the left, what it means on the right. A file with a problem keeps the last drawing, dimmed. */
export function FlowDesign({
  name,
  yaml: saved,
  version = 0,
  savedBy = '',
  counts,
  approver = null,
  onSaved,
}: {
  name?: string;
  yaml: string;
  /** Of the release that is live; 0: there is none. */
  version?: number;
  savedBy?: string;
  counts: Record<string, number>;
  /** The role that approves its releases: what is saved begins as a draft. */
  approver?: string | null;
  onSaved: (name: string, draft: string | undefined) => void;
}) {
  const can = useCan();
  const completion = useFlowCompletion();
  const queries = useQueryClient();
  const edited = useEditedText({ text: saved, version });
  const { text: yaml, setText: setYaml, base, theirs, changed } = edited;
  const [settled] = useDebouncedValue(yaml, 400);
  const [view, setView] = useState<'graph' | 'outline'>('graph');
  const [goTo, setGoTo] = useState<{ line: number; at: number }>();
  const [chosen, setChosen] = useState<Step>();
  const [forming, setForming] = useState(false);
  const [asking, setAsking] = useState(false);
  const [asDraft, setAsDraft] = useState(false);
  /** The page is left before the saving is drawn, so what the blocker asks is not state. */
  const lastSaved = useRef<string>(undefined);
  const check = useQuery({ ...checkFlowQuery(settled), placeholderData: keepPreviousData });
  const lastGood = useRef<unknown>(undefined);
  if (check.data?.definition != null && check.data.ok) lastGood.current = check.data.definition;
  const definition = check.data?.definition ?? lastGood.current;
  const steps = useMemo(() => (definition == null ? [] : outlineOf(definition, counts)), [definition, counts]);
  const current = settled === yaml && !check.isPlaceholderData;
  const problems = check.data?.problems ?? [];
  const findings = useMemo(
    (): Finding[] =>
      problems.map((problem) => ({
        message: sentencesOf(problem),
        severity: 'error',
        line: problem.line ?? (problem.path ? lineOfKey(settled, problem.path.split(/[/.]/).filter(Boolean)[0] ?? '') : undefined),
        column: problem.column,
      })),
    [problems, settled],
  );
  const choose = useCallback(
    (step: Step) => {
      setChosen(step);
      const line = lineOfKey(yaml, step.key);
      if (line) setGoTo({ line, at: Date.now() });
    },
    [yaml],
  );

  const nameInFile = (check.data?.definition as { flow?: unknown } | null | undefined)?.flow;
  const target = typeof nameInFile === 'string' ? nameInFile : name;
  const save = useMutation({
    mutationFn: (note: string) =>
      saveFlow(target ?? '', {
        yaml,
        note: note || undefined,
        draft: asDraft || undefined,
        expectedVersion: target === name ? base.version : 0,
      }),
    onSuccess: (flow) => {
      const waits = flow.made !== null && flow.made.state !== 'live';
      if (flow.made === null)
        done(
          t('Nothing to save'),
          t('Release {{version}} does the same. Comments alone make no release.', { version: flow.release.version }),
        );
      else
        done(
          waits ? t('Draft saved') : t('Flow saved'),
          waits
            ? t('Version {{version}} waits under Releases.', { version: flow.made.version })
            : t('Release {{version}} is live.', { version: flow.release.version }),
        );
      setAsking(false);
      lastSaved.current = yaml;
      for (const key of ['flows', 'audit', 'overview']) void queries.invalidateQueries({ queryKey: [key] });
      // The file is as it was: what was saved is not live.
      if (waits) setYaml(saved);
      onSaved(flow.name, waits ? flow.made!.id : undefined);
    },
    onError: (error) => {
      if (asProblem(error).code === 'CONFLICT') void queries.invalidateQueries({ queryKey: ['flows'] });
    },
  });
  useBlocker({
    shouldBlockFn: ({ current: from, next }) =>
      changed && lastSaved.current !== yaml && from.pathname !== next.pathname && !window.confirm(t('Leave without saving the flow?')),
    enableBeforeUnload: () => changed && lastSaved.current !== yaml,
  });

  return (
    <>
      <div className={classes.bar}>
        {changed ? (
          <StateMark icon={IconPencil} tone="warn">
            {t('Unsaved')}
          </StateMark>
        ) : (
          <Text size="sm" c="dimmed">
            {name ? t('As saved') : t('An example to change')}
          </Text>
        )}
        <span role="status">
          {check.isPending || !current ? (
            <Text size="sm" c="dimmed">
              {t('Checking…')}
            </Text>
          ) : check.data?.ok ? (
            <StateMark icon={IconCircleCheck} tone="ok">
              {t('No problems')}
            </StateMark>
          ) : check.data ? (
            <StateMark icon={IconAlertTriangle} tone="bad">
              {counted(problems.length, '{{count}} problem', '{{count}} problems')}
            </StateMark>
          ) : null}
        </span>
        <div style={{ flex: 1 }} />
        <SegmentedControl
          size="xs"
          aria-label={t('How to show the flow')}
          value={view}
          onChange={(next) => setView(next === 'outline' ? 'outline' : 'graph')}
          data={[
            { value: 'graph', label: t('Graph') },
            { value: 'outline', label: t('Outline') },
          ]}
        />
        {can('flow.write') ? (
          <>
            <Button
              size="xs"
              variant="default"
              disabled={chosen === undefined || !check.data?.ok || !current}
              title={chosen === undefined ? t('Choose a step first') : undefined}
              onClick={() => setForming(true)}
            >
              {chosen === undefined ? t('Edit step…') : t('Edit {{step}}…', { step: chosen.title })}
            </Button>
            {changed && name ? (
              <Button size="xs" variant="default" onClick={() => setYaml(saved)}>
                {t('Discard changes')}
              </Button>
            ) : null}
            <Button
              size="xs"
              disabled={!current || !check.data?.ok || (!changed && name !== undefined) || theirs !== undefined}
              onClick={() => {
                save.reset();
                setAsking(true);
              }}
            >
              {t('Save…')}
            </Button>
          </>
        ) : null}
      </div>
      {check.isError && !check.data ? <Failure error={check.error} what={t('the check')} onRetry={() => void check.refetch()} /> : null}
      {theirs ? (
        <Suspense>
          <SavedBetween edited={edited} by={savedBy} language="yaml" />
        </Suspense>
      ) : null}
      <div className={classes.design}>
        <div>
          <CodeEditor
            value={yaml}
            onChange={setYaml}
            language="yaml"
            label={t('Flow file')}
            height={620}
            findings={findings}
            extensions={completion}
            invalid={problems.length > 0}
            goTo={goTo}
            readOnly={!can('flow.write')}
            onSave={() => current && check.data?.ok && changed && !theirs && setAsking(true)}
          />
          <FlowProblems problems={problems} findings={findings} onGo={(line) => setGoTo({ line, at: Date.now() })} />
        </div>
        {view === 'outline' ? (
          <FlowOutline steps={steps} onChoose={choose} />
        ) : (
          <Suspense fallback={<Waiting rows={10} height={60} />}>
            {steps.length ? (
              <FlowGraph steps={steps} dimmed={current && check.data?.ok === false} onChoose={choose} />
            ) : check.data ? (
              <Text size="sm" c="dimmed">
                {t('The graph shows as soon as the file can be read.')}
              </Text>
            ) : (
              <Waiting rows={10} height={60} />
            )}
          </Suspense>
        )}
      </div>
      {forming && chosen ? (
        <Suspense>
          <StepForm
            yaml={yaml}
            step={chosen}
            onClose={() => setForming(false)}
            onChange={(next) => {
              setYaml(next);
              setForming(false);
            }}
          />
        </Suspense>
      ) : null}
      <Confirm
        opened={asking && theirs === undefined}
        onClose={() => setAsking(false)}
        title={t('Save flow {{target}}', { target: target ?? '' })}
        verb={t('Save')}
        reason="optional"
        reasonLabel={t('Note, kept with the release')}
        pending={save.isPending}
        error={save.error}
        onConfirm={(note) => save.mutate(note)}
      >
        {name !== undefined && target !== name ? (
          <>
            {rich('The file now names {{target}}: this makes a flow of that name and leaves {{name}} as it is.', {
              target: <b>{target}</b>,
              name,
            })}{' '}
          </>
        ) : null}
        {approver !== null
          ? t('It begins as a draft: somebody of the role {{approver}} approves it before it goes live.', { approver })
          : t('A new release goes live at once. Messages that are under way keep the release they began with.')}
        {approver === null && name !== undefined && target === name ? (
          <Checkbox
            mt="sm"
            label={t('Save as a draft, to compare it and share it before it goes live')}
            checked={asDraft}
            onChange={(event) => setAsDraft(event.currentTarget.checked)}
          />
        ) : null}
      </Confirm>
    </>
  );
}
