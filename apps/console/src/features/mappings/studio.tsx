import { Alert, Button, SegmentedControl, Select, Tabs, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { checkExpression } from '@waybill/mapping-language';
import { useMemo, useRef, useState } from 'react';
import { evaluateMapping, saveMapping, type Sample } from '../../api/build.js';
import { asProblem } from '../../api/problem.js';
import { useCan } from '../../api/session.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { CodeEditor, type Finding } from '../../parts/editor/code-editor.js';
import { done } from '../../parts/notice.js';
import { BindingsHelp } from './bindings-help.js';
import { jsonataCompletion } from './completion.js';
import classes from './mappings.module.css';
import { OutputPane } from './output-pane.js';
import { ProblemList } from './problem-list.js';
import { parseSample, sampleText, titleOf } from './sample.js';
import { useEvaluation } from './use-evaluation.js';

const pasted = 'pasted';

/** Sample, expression, output. The output follows the typing in a worker; the engine adds tables and the schema a moment later. */
export function Studio({
  name,
  saved,
  version,
  samples,
  flow,
  wanted,
}: {
  name: string;
  saved: string;
  version: number | undefined;
  samples: Sample[];
  flow: string | undefined;
  wanted?: string;
}) {
  const can = useCan();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [source, setSource] = useState(saved);
  const [chosen, setChosen] = useState(
    () => samples.find((sample) => sample.messageId === wanted)?.messageId ?? samples[0]?.messageId ?? pasted,
  );
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [part, setPart] = useState<'input' | 'enriched'>('input');
  const [asking, setAsking] = useState(false);
  const [goTo, setGoTo] = useState<{ line: number; at: number }>();
  const recorded = samples.find((sample) => sample.messageId === chosen);
  const inputText = texts[`${chosen}.input`] ?? sampleText(recorded?.input);
  const enrichedText = texts[`${chosen}.enriched`] ?? sampleText(recorded?.enriched ?? undefined);
  const input = useMemo(() => parseSample(inputText), [inputText]);
  const enriched = useMemo(() => parseSample(enrichedText), [enrichedText]);
  const flowBinding = useMemo(() => (flow ? { name: flow } : undefined), [flow]);

  const live = useEvaluation(source, input.value, enriched.value, flowBinding);
  const local = useMemo(() => checkExpression(source), [source]);
  const ask = useMemo(
    () => ({ source, input: input.value, enriched: enriched.value as Record<string, unknown> | undefined, flow }),
    [source, input, enriched, flow],
  );
  const [settled] = useDebouncedValue(ask, 900);
  const sound = local.every((problem) => problem.severity !== 'error') && input.value !== undefined;
  const engine = useQuery({
    queryKey: ['mapping-evaluate', settled],
    queryFn: () => evaluateMapping(settled),
    enabled: sound && settled === ask,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
  const engineIsCurrent = settled === ask && !engine.isPlaceholderData && engine.data !== undefined;

  const findings = useMemo((): Finding[] => {
    const found: Finding[] = local.map(({ message, severity, position }) => ({ message, severity, position }));
    if (found.length === 0 && live.stale && live.stale.code !== 'MAPPING_TABLE_UNKNOWN')
      found.push({ message: live.stale.message, severity: 'error', position: live.stale.position });
    return found;
  }, [local, live.stale]);
  const sampleRef = useRef({ input: input.value, enriched: enriched.value });
  sampleRef.current = { input: input.value, enriched: enriched.value };
  const completion = useMemo(() => jsonataCompletion(() => sampleRef.current), []);

  const changed = source !== saved;
  const errors = local.filter((problem) => problem.severity === 'error').length;
  const save = useMutation({
    mutationFn: (note: string) => saveMapping(name, { source, note: note || undefined, expectedVersion: version }),
    onSuccess: (result) => {
      done(
        result.unchanged ? 'Nothing to save' : 'Mapping saved',
        result.unchanged ? `Version ${result.version} is the same.` : `Version ${result.version}.${releasedInWords(result)}`,
      );
      setAsking(false);
      for (const key of ['mappings', 'flows', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      void navigate({ to: '/mappings/$name', params: { name }, search: {}, ignoreBlocker: true });
    },
  });
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      changed && !save.isSuccess && current.pathname !== next.pathname && !window.confirm('Leave without saving the mapping?'),
    enableBeforeUnload: () => changed && !save.isSuccess,
  });
  const conflict = save.error && asProblem(save.error).status === 409;

  return (
    <>
      <div className={classes.bar}>
        <Select
          size="xs"
          w={300}
          aria-label="Sample"
          allowDeselect={false}
          value={chosen}
          onChange={(next) => setChosen(next ?? pasted)}
          data={[
            ...samples.map((sample) => ({ value: sample.messageId, label: titleOf(sample) })),
            { value: pasted, label: 'A sample of my own' },
          ]}
        />
        {recorded ? (
          <Text size="xs" c="dimmed">
            recorded {recorded.messageId.slice(0, 14)}… · hash {recorded.hash.slice(0, 8)}
            {texts[`${chosen}.input`] !== undefined ? ' · changed here' : ''}
          </Text>
        ) : null}
        <div style={{ flex: 1 }} />
        {changed ? (
          <StateMark icon={IconPencil} tone="warn">
            Unsaved
          </StateMark>
        ) : (
          <Text size="sm" c="dimmed">
            {version ? `Version ${version}, as saved` : ''}
          </Text>
        )}
        {can('mapping.write') ? (
          <>
            {changed && version ? (
              <Button size="xs" variant="default" onClick={() => setSource(saved)}>
                Discard changes
              </Button>
            ) : null}
            <Button size="xs" disabled={!changed || errors > 0} onClick={() => setAsking(true)}>
              Save…
            </Button>
          </>
        ) : null}
      </div>
      <div className={classes.panes}>
        <section aria-label="Sample">
          <div className={classes.paneHead}>
            <h2>Sample</h2>
            <SegmentedControl
              size="xs"
              aria-label="Part of the sample"
              value={part}
              onChange={(next) => setPart(next === 'enriched' ? 'enriched' : 'input')}
              data={[
                { value: 'input', label: 'Record' },
                { value: 'enriched', label: '$enriched' },
              ]}
            />
          </div>
          <CodeEditor
            key={`${chosen}.${part}`}
            language="json"
            label={part === 'input' ? 'Sample record' : 'Sample of $enriched'}
            height={440}
            value={part === 'input' ? inputText : enrichedText}
            onChange={(text) => setTexts((before) => ({ ...before, [`${chosen}.${part}`]: text }))}
            invalid={part === 'input' ? input.problem !== undefined : enriched.problem !== undefined}
          />
          {input.problem ? (
            <Text size="xs" c="var(--mantine-color-error)" mt={4}>
              The sample is not JSON: {input.problem}
            </Text>
          ) : null}
        </section>
        <section aria-label="Expression">
          <div className={classes.paneHead}>
            <h2>JSONata</h2>
          </div>
          <CodeEditor
            language="jsonata"
            label="Mapping expression"
            height={440}
            value={source}
            onChange={setSource}
            findings={findings}
            extensions={completion}
            invalid={errors > 0}
            readOnly={!can('mapping.write')}
            goTo={goTo}
            onSave={() => changed && errors === 0 && setAsking(true)}
          />
        </section>
        <OutputPane
          live={live}
          engine={engine.data}
          engineIsCurrent={engineIsCurrent}
          engineError={engine.error}
          running={engine.isFetching}
          onRun={() => void engine.refetch()}
          hasSample={input.value !== undefined}
        />
      </div>
      <Tabs defaultValue="problems" mt="md" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="problems">Problems</Tabs.Tab>
          <Tabs.Tab value="bindings">Functions and bindings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="problems" pt="sm">
          <ProblemList
            source={source}
            local={local}
            live={live}
            engine={engine.data}
            engineIsCurrent={engineIsCurrent}
            flow={flow}
            onGo={(line) => setGoTo({ line, at: Date.now() })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="bindings" pt="sm">
          <BindingsHelp />
        </Tabs.Panel>
      </Tabs>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Save mapping ${name}`}
        verb="Save"
        reason="optional"
        reasonLabel="Note, kept with the version"
        pending={save.isPending}
        error={save.error}
        onConfirm={(note) => save.mutate(note)}
      >
        Makes version {(version ?? 0) + 1}. {flow ? 'Every flow that uses it gets a new release, live at once.' : ''}
        {conflict ? (
          <Alert color="yellow" mt="sm" title="Somebody else saved in between">
            Copy your text, reload the page and compare under Versions. Nothing of theirs was overwritten.
          </Alert>
        ) : null}
      </Confirm>
    </>
  );
}

/** Where it is live now, and where it waits as a draft. */
function releasedInWords({ released, drafts }: { released: string[]; drafts: { flow: string }[] }): string {
  const list = (names: string[]) => new Intl.ListFormat().format(names);
  const live = released.length > 0 ? ` New release of ${list(released)}.` : '';
  const waits = drafts.length > 0 ? ` A draft of ${list(drafts.map(({ flow }) => flow))}: submit it on the page of the flow.` : '';
  return live || waits ? `${live}${waits}` : ' No flow uses it yet.';
}
