import { keymap } from '@codemirror/view';
import { Alert, Button, SegmentedControl, Select, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { checkExpression, lintExpression, trace, type GoldenCase, type Place, type Range } from '@waybill/mapping-language';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import {
  casesQuery,
  evaluateMapping,
  mappingFieldsQuery,
  overrideMapping,
  saveMapping,
  type GoldenCaseItem,
  type Sample,
} from '../../api/build.js';
import { asProblem } from '../../api/problem.js';
import { useCan } from '../../api/session.js';
import { counted, listed, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { useEditedText } from '../../parts/edited-text.js';
import { CodeEditor, type CodeEditorProps, type Finding } from '../../parts/editor/code-editor.js';
import { marksOf } from '../../parts/editor/marks.js';
import { done } from '../../parts/notice.js';
import { BindingsHelp } from './bindings-help.js';
import { BindingsPanel } from './bindings-panel.js';
import { CasesPanel } from './cases-panel.js';
import { ComparePanel, compareCounts } from './compare-panel.js';
import { jsonataCompletion } from './completion.js';
import { Cursor } from './cursor.js';
import { DifferencePanel } from './difference-panel.js';
import type { CaseRun, EvaluateTask } from './evaluate.worker.js';
import { deliveryOf, givenOf, isInstant, type GivenTexts } from './given.js';
import { spotAt, spotsAt, spotsOf, withoutPlaces, type JsonSpot } from './json-places.js';
import { knownFields } from './known-fields.js';
import { lookingExtension, partAt, seenWords } from './looking.js';
import classes from './mappings.module.css';
import { OriginPanel, pickedOf, pickedText, shownBy, type Picked } from './origin-panel.js';
import { OutputPane, outputText } from './output-pane.js';
import { ProblemList } from './problem-list.js';
import { RenameDialog, renamingAt, type Renaming } from './rename-dialog.js';
import { parseSample, sampleText, titleOf } from './sample.js';
import { TargetPanel } from './target-panel.js';
import { targetRows } from './target-rows.js';
import { useAsk, useEvaluation } from './use-evaluation.js';
import { useTables } from './use-tables.js';
import { ValueAtCursor } from './value-at-cursor.js';

const SavedBetween = lazy(() => import('../../parts/editor/saved-between.js'));

const pasted = 'pasted';
const panels = ['problems', 'origin', 'target', 'difference', 'cases', 'compare', 'bindings', 'functions'] as const;

/** What of the Studio stands in the address. */
export interface StudioSearch {
  sample?: string | undefined;
  panel?: string | undefined;
  at?: string | undefined;
  last?: string | undefined;
  doc?: string | undefined;
}

/** Sample, expression, output. The output follows the typing in a worker; the engine adds the schema a moment later. Below: what is known of all three. */
export function Studio({
  name,
  saved,
  version,
  savedBy = '',
  samples,
  flows,
  search,
  onSearch,
}: {
  name: string;
  saved: string;
  version: number | undefined;
  savedBy?: string | undefined;
  samples: Sample[];
  /** Those that use the mapping. */
  flows: readonly string[];
  search: StudioSearch;
  onSearch: (next: StudioSearch) => void;
}) {
  const can = useCan();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const edited = useEditedText({ text: saved, version: version ?? 0 });
  const { text: source, setText: setSource, base, theirs, changed } = edited;
  const [settledSource] = useDebouncedValue(source, 250);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [own, setOwn] = useState<Record<string, Partial<GivenTexts>>>({});
  const [part, setPart] = useState<'input' | 'enriched'>('input');
  const [targetFlow, setTargetFlow] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [override, setOverride] = useState('');
  const [renaming, setRenaming] = useState<Renaming>();
  const [goTo, setGoTo] = useState<CodeEditorProps['goTo']>();
  const [goToSample, setGoToSample] = useState<CodeEditorProps['goTo']>();
  const [goToOutput, setGoToOutput] = useState<CodeEditorProps['goTo']>();
  const [cursor] = useState(() => new Cursor());
  const [opened] = useState(() => new Date().toISOString());

  const chosen = search.sample === pasted || samples.length === 0 ? pasted : (samples.find(({ messageId }) => messageId === search.sample) ?? samples[0]!).messageId; // prettier-ignore
  const panel = panels.find((one) => one === search.panel) ?? 'problems';
  const recorded = samples.find((sample) => sample.messageId === chosen);
  const recordedInput = useMemo(() => sampleText(recorded?.input), [recorded]);
  const recordedEnriched = useMemo(() => sampleText(recorded?.enriched ?? undefined), [recorded]);
  const inputText = texts[`${chosen}.input`] ?? recordedInput;
  const enrichedText = texts[`${chosen}.enriched`] ?? recordedEnriched;
  const input = useMemo(() => parseSample(inputText), [inputText]);
  const enriched = useMemo(() => parseSample(enrichedText), [enrichedText]);
  const changedSample = texts[`${chosen}.input`] !== undefined || texts[`${chosen}.enriched`] !== undefined;

  const fields = useQuery({ ...mappingFieldsQuery(name), enabled: version !== undefined });
  const stored = useQuery({ ...casesQuery(name), enabled: version !== undefined });
  const target = fields.data?.targets.find(({ flow }) => flow === targetFlow) ?? fields.data?.targets[0];

  const asRecorded = useMemo(() => givenOf(recorded, flows[0], input.value, opened), [recorded, flows, input.value, opened]);
  const given = useMemo((): GivenTexts => ({ ...asRecorded, ...own[chosen] }), [asRecorded, own, chosen]);
  const tables = useTables(settledSource, saved);
  const bound = useMemo(
    () => ({
      input: input.value,
      enriched: enriched.value,
      flow: recorded && given.flow === recorded.flow ? recorded.facts : given.flow ? { name: given.flow } : undefined,
      delivery: deliveryOf(given.delivery) ?? {},
      revision: given.revision,
      asOf: isInstant(given.asOf) ? given.asOf : asRecorded.asOf,
      tables: tables.rows,
    }),
    [input.value, enriched.value, recorded, given, asRecorded.asOf, tables.rows],
  );
  const runs = tables.ready && bound.input !== undefined;
  const task = useMemo(
    (): EvaluateTask | undefined => (runs && source.trim() !== '' ? { kind: 'run', source, given: bound } : undefined),
    [runs, source, bound],
  );
  const live = useEvaluation(task, { delayMs: 20 });
  const savedTask = useMemo(
    (): EvaluateTask | undefined =>
      panel === 'difference' && runs && saved !== '' ? { kind: 'run', source: saved, given: bound } : undefined,
    [panel, runs, saved, bound],
  );
  const before = useEvaluation(savedTask, { delayMs: 100 });

  const local = useMemo(() => checkExpression(source), [source]);
  const errors = local.filter((problem) => problem.severity === 'error').length;
  const traced = useMemo(() => trace(settledSource), [settledSource]);
  const known = useMemo(() => knownFields({ input: input.value, enriched: enriched.value }, fields.data), [input.value, enriched.value, fields.data]); // prettier-ignore
  const lints = useMemo(
    () => (errors > 0 ? [] : lintExpression(settledSource, { knows: (place: Place) => known.has(place), target: target?.schema }, traced)),
    [errors, settledSource, known, target, traced],
  );

  const ask = useMemo(
    () => ({
      source,
      input: input.value,
      enriched: enriched.value as Record<string, unknown> | undefined,
      flow: flows.includes(given.flow) ? given.flow : undefined,
      asOf: new Date(bound.asOf).toISOString(),
      delivery: bound.delivery,
      revision: bound.revision,
    }),
    [source, input.value, enriched.value, flows, given.flow, bound],
  );
  const [settled] = useDebouncedValue(ask, 900);
  const sound = errors === 0 && input.value !== undefined;
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
  const output = outputText(live, engine.data, engineIsCurrent);

  const findings = useMemo((): Finding[] => {
    const found: Finding[] = local.map(({ message, severity, position }) => ({ message, severity, position }));
    if (found.length === 0 && live.stale && live.stale.code !== 'MAPPING_TABLE_UNKNOWN')
      found.push({ message: live.stale.message, severity: 'error', position: live.stale.position });
    // Places of an older text would be those of other words.
    if (settledSource === source)
      for (const { message, remedy, position, from } of lints)
        found.push({ message: `${message}. ${remedy}`, severity: 'warning', position, from });
    return found;
  }, [local, live.stale, lints, settledSource, source]);

  const cases = stored.data?.items ?? none;
  const caseTask = useMemo((): EvaluateTask | undefined => {
    const run = cases.filter(({ erased }) => !erased).map(asCase);
    return run.length > 0 && errors === 0 && tables.ready ? { kind: 'cases', source, cases: run, tables: tables.rows } : undefined;
  }, [cases, errors, source, tables.ready, tables.rows]);
  const caseRuns = useEvaluation(caseTask, { delayMs: 300, killMs: 15_000 });
  const verdicts = useMemo(
    () => (caseRuns.output === undefined ? undefined : new Map((JSON.parse(caseRuns.output) as CaseRun[]).map((run) => [run.id, run]))),
    [caseRuns.output],
  );
  const red = cases.filter(({ id }) => (verdicts?.get(id)?.differences.length ?? 0) > 0);

  const picked = pickedOf(search.at);
  const shown = useMemo(() => shownBy(panel === 'origin' ? pickedOf(search.at) : undefined, traced), [panel, search.at, traced]);
  const root = part === 'input' ? 'source' : 'enriched';
  const spots = useMemo(() => spotsOf(part === 'input' ? inputText : enrichedText), [part, inputText, enrichedText]);
  const unread = useMemo(() => (traced ? unreadSpots(spots, (path) => traced.isUsed({ root, path })) : []), [spots, traced, root]);
  const sampleMarks = useMemo(
    () =>
      marksOf([
        ...unread.map(({ nameFrom, to }) => ({ from: nameFrom, to, as: 'unread' as const })),
        ...shown.places
          .filter((place) => place.root === root)
          .flatMap(({ path }) => spotsAt(spots, [...path]))
          .map(({ nameFrom, to }) => ({ from: nameFrom, to, as: 'shown' as const })),
      ]),
    [unread, shown, spots, root],
  );
  const outputMarks = useMemo(() => {
    if (picked?.in !== 'output' || panel !== 'origin') return marksOf([]);
    const key = JSON.stringify(picked.path);
    const spot = spotsOf(output).find(({ path }) => JSON.stringify(path) === key);
    return marksOf(spot ? [{ from: spot.nameFrom, to: spot.to, as: 'shown' }] : []);
    // `picked` is made anew with every drawing; the address says whether it is another one
  }, [search.at, panel, output]);

  const world = useRef({ known, tables: fields.data?.tables ?? [] });
  world.current = { known, tables: fields.data?.tables ?? [] };
  const askWorker = useAsk();
  const latestSource = useRef(source);
  latestSource.current = source;
  const look = useCallback(
    async (range: Range) => {
      // While somebody types, the places are those of another text.
      const found = runs && latestSource.current === settledSource ? partAt(settledSource, range) : undefined;
      if (!found) return undefined;
      const outcome = await askWorker({
        kind: 'see',
        source: settledSource,
        given: bound,
        part: { from: found.part.from, to: found.part.to },
      });
      return outcome && { text: found.text, words: seenWords(outcome) };
    },
    [runs, settledSource, bound, askWorker],
  );
  const latest = useRef(look);
  latest.current = look;
  const steady = useMemo(
    () => [
      jsonataCompletion(() => world.current),
      lookingExtension((range) => latest.current(range)),
      keymap.of([
        {
          key: 'F2',
          run: ({ state }) => {
            setRenaming(renamingAt(state.doc.toString(), state.selection.main.head));
            return true;
          },
        },
      ]),
    ],
    [],
  );
  const editorExtensions = useMemo(() => [steady, marksOf(shown.ranges.map(({ from, to }) => ({ from, to, as: 'shown' })))], [steady, shown.ranges]); // prettier-ignore

  const go = (range: Range) => setGoTo({ ...range, at: Date.now() });
  const pick = (next: Picked) => onSearch({ ...search, panel: 'origin', at: pickedText(next) });
  const showPlace = ({ root: of, path }: Place) => {
    const text = of === 'enriched' ? enrichedText : inputText;
    setPart(of === 'enriched' ? 'enriched' : 'input');
    const spot = spotsAt(spotsOf(text), [...path])[0];
    // The other part of the sample is another editor: it is there with the next drawing.
    if (spot) setTimeout(() => setGoToSample({ from: spot.nameFrom, to: spot.to, at: Date.now() }));
  };
  const showOutput = (path: string[]) => {
    const spot = spotsOf(output).find((one) => JSON.stringify(withoutPlaces(one.path)) === JSON.stringify(withoutPlaces(path)));
    if (spot) setGoToOutput({ from: spot.nameFrom, to: spot.to, at: Date.now() });
    pick({ in: 'output', path: spot?.path ?? path });
  };
  const expressionOf = (path: string[]): Range | undefined => {
    const origin = traced?.originOf(path);
    return origin?.exact ? origin.trails[0]?.[0] : undefined;
  };

  /** The page is left before the saving is drawn, so what the blocker asks is not state. */
  const lastSaved = useRef<string>(undefined);
  const closeSave = () => {
    setAsking(false);
    setOverride('');
  };
  const mayOverride = can('mapping.override');
  const save = useMutation({
    mutationFn: (note: string) => {
      const body = { source, note: note || undefined, expectedVersion: base.version };
      const reason = override.trim();
      return reason !== '' ? overrideMapping(name, { ...body, reason }) : saveMapping(name, body);
    },
    onSuccess: (result) => {
      done(
        result.unchanged ? t('Nothing to save') : t('Mapping saved'),
        result.unchanged
          ? t('Version {{version}} is the same.', { version: result.version })
          : t('Version {{version}}.{{releasedInWords}}', { version: result.version, releasedInWords: releasedInWords(result) }),
      );
      lastSaved.current = source;
      closeSave();
      for (const key of ['mappings', 'flows', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      void navigate({ to: '/mappings/$name', params: { name }, search: { ...search }, ignoreBlocker: true });
    },
    onError: (error) => {
      if (asProblem(error).code === 'CONFLICT') void queries.invalidateQueries({ queryKey: ['mappings'] });
    },
  });
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      changed &&
      lastSaved.current !== source &&
      current.pathname !== next.pathname &&
      !window.confirm(t('Leave without saving the mapping?')),
    enableBeforeUnload: () => changed && lastSaved.current !== source,
  });
  const refusal = save.error ? asProblem(save.error).code : undefined;
  // The engine knows of cases that this person does not see.
  const blocked = red.length > 0 || refusal === 'MAPPING_CASES_RED';
  const openCase = (one: GoldenCaseItem) => {
    setTexts((now) => ({
      ...now,
      [`${pasted}.input`]: sampleText(one.input),
      [`${pasted}.enriched`]: sampleText(one.enriched ?? undefined),
    }));
    setOwn((now) => ({
      ...now,
      [pasted]: { asOf: one.asOf, revision: one.recordRevision, delivery: JSON.stringify(one.delivery ?? {}, null, 2) },
    }));
    onSearch({ ...search, sample: pasted });
  };

  return (
    <>
      <div className={classes.bar}>
        <Select
          size="xs"
          w={300}
          aria-label={t('Sample')}
          allowDeselect={false}
          value={chosen}
          onChange={(next) => onSearch({ ...search, sample: next ?? pasted, at: undefined })}
          data={[
            ...samples.map((sample) => ({ value: sample.messageId, label: titleOf(sample) })),
            { value: pasted, label: t('A sample of my own') },
          ]}
        />
        {search.sample && search.sample !== pasted && search.sample !== chosen ? (
          <StateMark icon={IconAlertTriangle} tone="warn" title={t('It was erased, is of another mapping, or is not yours to see')}>
            {t('The sample of the address is not there; this is another one')}
          </StateMark>
        ) : null}
        {recorded ? (
          <Text size="xs" c="dimmed">
            {[
              t('recorded {{message}}…', { message: recorded.messageId.slice(0, 14) }),
              t('hash {{hash}}', { hash: recorded.hash.slice(0, 8) }),
              ...(changedSample ? [t('changed here')] : []),
            ].join(' · ')}
          </Text>
        ) : null}
        <div style={{ flex: 1 }} />
        {red.length > 0 ? (
          <StateMark icon={IconAlertTriangle} tone="bad">
            {counted(red.length, '{{count}} golden case red', '{{count}} golden cases red')}
          </StateMark>
        ) : null}
        {changed ? (
          <StateMark icon={IconPencil} tone="warn">
            {t('Unsaved')}
          </StateMark>
        ) : (
          <Text size="sm" c="dimmed">
            {version ? t('Version {{version}}, as saved', { version }) : ''}
          </Text>
        )}
        {can('mapping.write') ? (
          <>
            {changed && version ? (
              <Button size="xs" variant="default" onClick={() => setSource(saved)}>
                {t('Discard changes')}
              </Button>
            ) : null}
            <Button
              size="xs"
              disabled={!changed || errors > 0 || theirs !== undefined}
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
      {theirs ? (
        <Suspense>
          <SavedBetween edited={edited} by={savedBy} language="jsonata" />
        </Suspense>
      ) : null}
      <div className={classes.panes}>
        <section aria-label={t('Sample')}>
          <div className={classes.paneHead}>
            <h2>{t('Sample')}</h2>
            <SegmentedControl
              size="xs"
              aria-label={t('Part of the sample')}
              value={part}
              onChange={(next) => setPart(next === 'enriched' ? 'enriched' : 'input')}
              data={[
                { value: 'input', label: t('Record') },
                { value: 'enriched', label: '$enriched' },
              ]}
            />
          </div>
          <CodeEditor
            key={`${chosen}.${part}`}
            language="json"
            label={part === 'input' ? t('Sample record') : t('Sample of $enriched')}
            height={440}
            value={part === 'input' ? inputText : enrichedText}
            onChange={(text) => setTexts((now) => ({ ...now, [`${chosen}.${part}`]: text }))}
            invalid={part === 'input' ? input.problem !== undefined : enriched.problem !== undefined}
            extensions={sampleMarks}
            goTo={goToSample}
            onPick={(offset) => {
              const spot = spotAt(spots, offset);
              if (spot) pick({ in: root, path: spot.path });
            }}
          />
          {input.problem ? (
            <Text size="xs" c="var(--mantine-color-error)" mt={4}>
              {t('The sample is not JSON: {{problem}}', { problem: input.problem })}
            </Text>
          ) : unread.length > 0 ? (
            <Text size="xs" c="dimmed" mt={4}>
              {counted(
                unread.length,
                '{{count}} field, in italics, is not read by the mapping.',
                '{{count}} fields, in italics, are not read by the mapping.',
              )}
            </Text>
          ) : null}
        </section>
        <section aria-label={t('Expression')}>
          <div className={classes.paneHead}>
            <h2>{t('JSONata')}</h2>
            <div style={{ flex: 1 }} />
            {can('mapping.write') ? (
              <Button
                size="compact-xs"
                variant="default"
                title={t('F2 in the editor')}
                onClick={() => {
                  const found = renamingAt(source, cursor.get().from);
                  if (found) setRenaming(found);
                  else done(t('Nothing to rename'), t('Put the cursor into a variable that the mapping binds itself.'));
                }}
              >
                {t('Rename variable…')}
              </Button>
            ) : null}
          </div>
          <CodeEditor
            language="jsonata"
            label={t('Mapping expression')}
            height={440}
            value={source}
            onChange={setSource}
            findings={findings}
            extensions={editorExtensions}
            invalid={errors > 0}
            readOnly={!can('mapping.write')}
            goTo={goTo}
            onCursor={(range) => cursor.set(range)}
            onSave={() => changed && errors === 0 && !theirs && setAsking(true)}
          />
          <ValueAtCursor cursor={cursor} look={look} />
        </section>
        <OutputPane
          live={live}
          engine={engine.data}
          engineIsCurrent={engineIsCurrent}
          engineError={engine.error}
          running={engine.isFetching}
          onRun={() => void engine.refetch()}
          hasSample={input.value !== undefined}
          marks={outputMarks}
          goTo={goToOutput}
          onPick={(text, offset) => {
            const spot = spotAt(spotsOf(text), offset);
            if (spot) pick({ in: 'output', path: spot.path });
          }}
        />
      </div>
      <Tabs
        value={panel}
        onChange={(next) => onSearch({ ...search, panel: next === 'problems' ? undefined : (next ?? undefined) })}
        mt="md"
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="problems">{t('Problems')}</Tabs.Tab>
          <Tabs.Tab value="origin">{t('Origin')}</Tabs.Tab>
          <Tabs.Tab value="target">{t('Target')}</Tabs.Tab>
          <Tabs.Tab value="difference">{t('Difference')}</Tabs.Tab>
          <Tabs.Tab value="cases">{cases.length > 0 ? t('Golden cases ({{count}})', { count: cases.length }) : t('Golden cases')}</Tabs.Tab>
          <Tabs.Tab value="compare">{t('Replay-compare')}</Tabs.Tab>
          <Tabs.Tab value="bindings">{t('Bindings')}</Tabs.Tab>
          <Tabs.Tab value="functions">{t('Functions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="problems" pt="sm">
          <ProblemList
            source={source}
            local={local}
            lints={settledSource === source ? lints : []}
            live={live}
            engine={engine.data}
            engineIsCurrent={engineIsCurrent}
            flow={flows[0]}
            expressionOf={expressionOf}
            onGo={(line) => setGoTo({ line, at: Date.now() })}
            onRange={go}
            onOutput={showOutput}
          />
        </Tabs.Panel>
        <Tabs.Panel value="origin" pt="sm">
          <OriginPanel picked={picked} traced={traced} source={settledSource} spots={spots} onGo={go} onPlace={showPlace} />
        </Tabs.Panel>
        <Tabs.Panel value="target" pt="sm">
          <Target
            {...{ target, traced, output, onOutput: showOutput, onGo: go, source: settledSource }}
            targets={fields.data?.targets ?? []}
            misfits={engineIsCurrent ? (engine.data?.problems ?? []) : []}
            onChoose={setTargetFlow}
          />
        </Tabs.Panel>
        <Tabs.Panel value="difference" pt="sm">
          <DifferencePanel source={source} saved={saved} version={version} live={live} before={before} />
        </Tabs.Panel>
        <Tabs.Panel value="cases" pt="sm">
          {version === undefined ? (
            <Text size="sm" c="dimmed">
              {t('Save the mapping first; then its samples can become golden cases.')}
            </Text>
          ) : (
            <CasesPanel
              mapping={name}
              cases={cases}
              hidden={stored.data?.hidden ?? 0}
              packs={stored.data?.packs ?? []}
              runs={errors > 0 ? undefined : verdicts}
              failure={errors > 0 ? t('the text has an error') : caseRuns.stale?.message}
              sample={{
                messageId: recorded && !changedSample ? recorded.messageId : undefined,
                title: recorded?.title ?? undefined,
                input: input.value,
                enriched: enriched.value as Record<string, unknown> | undefined,
                flow: given.flow || undefined,
                asOf: ask.asOf,
              }}
              output={live.stale === undefined ? live.output : undefined}
              onOpen={openCase}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="compare" pt="sm">
          {version === undefined ? (
            <Text size="sm" c="dimmed">
              {t('No flow uses the mapping before it is saved, so nothing is recorded for it.')}
            </Text>
          ) : (
            <ComparePanel
              mapping={name}
              source={settledSource}
              sound={errors === 0 && settledSource === source}
              last={compareCounts.find((count) => count === search.last)}
              doc={search.doc}
              onLast={(last) => onSearch({ ...search, last, doc: undefined })}
              onDoc={(doc) => onSearch({ ...search, doc })}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="bindings" pt="sm">
          <BindingsPanel
            given={given}
            changed={own[chosen] !== undefined}
            flows={flows}
            tables={tables.told}
            onChange={(next) => setOwn((now) => ({ ...now, [chosen]: { ...now[chosen], ...next } }))}
            onReset={() => setOwn(({ [chosen]: _, ...rest }) => rest)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="functions" pt="sm">
          <BindingsHelp />
        </Tabs.Panel>
      </Tabs>
      <RenameDialog
        renaming={renaming}
        source={source}
        onClose={() => setRenaming(undefined)}
        onRename={(text) => {
          setSource(text);
          setRenaming(undefined);
        }}
      />
      <Confirm
        opened={asking && theirs === undefined}
        onClose={closeSave}
        title={t('Save mapping {{name}}', { name })}
        verb={t('Save')}
        reason="optional"
        reasonLabel={t('Note, kept with the version')}
        blocked={blocked && (!mayOverride || override.trim().length < 3)}
        pending={save.isPending}
        error={save.error}
        onConfirm={(note) => save.mutate(note)}
      >
        {t('Makes version {{version}}.', { version: (version ?? 0) + 1 })}{' '}
        {flows.length > 0 ? t('Every flow that uses it gets a new release, live at once.') : ''}
        {blocked ? (
          <Alert
            color="red"
            mt="sm"
            title={
              red.length > 0
                ? counted(red.length, '{{count}} golden case is red', '{{count}} golden cases are red')
                : t('Golden cases are red')
            }
          >
            {red.length > 5
              ? t('{{cases}} and {{more}} more. Correct the mapping, or accept the new output under Golden cases.', {
                  cases: listed(red.slice(0, 5).map((one) => one.name)),
                  more: red.length - 5,
                })
              : t('{{cases}}. Correct the mapping, or accept the new output under Golden cases.', {
                  cases: listed(red.map((one) => one.name)),
                })}
            {mayOverride ? (
              <TextInput
                mt="sm"
                label={t('Or say why it is saved all the same')}
                description={t('An entry of the audit log')}
                maxLength={500}
                value={override}
                onChange={(event) => setOverride(event.currentTarget.value)}
              />
            ) : null}
          </Alert>
        ) : null}
      </Confirm>
    </>
  );
}

/** Where it is live now, and where it waits as a draft. */
function releasedInWords({ released, drafts }: { released: string[]; drafts: { flow: string }[] }): string {
  const said = [
    ...(released.length > 0 ? [t('New release of {{flows}}.', { flows: listed(released) })] : []),
    ...(drafts.length > 0
      ? [t('A draft of {{flows}}: submit it on the page of the flow.', { flows: listed(drafts.map(({ flow }) => flow)) })]
      : []),
  ];
  return ` ${said.length > 0 ? said.join(' ') : t('No flow uses it yet.')}`;
}

const none: GoldenCaseItem[] = [];

const asCase = (one: GoldenCaseItem): GoldenCase => ({
  id: one.id,
  name: one.name,
  tags: one.tags,
  input: one.input,
  enriched: one.enriched ?? undefined,
  flow: one.flow ?? undefined,
  delivery: one.delivery ?? undefined,
  revision: one.recordRevision,
  asOf: one.asOf,
  tables: one.tables ?? undefined,
  expects: one.expects,
});

/** Outermost values of the sample that the mapping does not read; what holds something that is read is not one of them. */
export function unreadSpots(spots: readonly JsonSpot[], isUsed: (path: string[]) => boolean): JsonSpot[] {
  const used = new Map<string, boolean>();
  const unread: JsonSpot[] = [];
  let within = -1;
  for (const spot of spots) {
    // Spots stand in the order of the text, so what is inside comes directly behind.
    if (spot.to <= within || spot.path.length === 0) continue;
    const names = withoutPlaces(spot.path);
    const key = JSON.stringify(names);
    let is = used.get(key);
    if (is === undefined) used.set(key, (is = names.length === 0 || isUsed(names)));
    if (is) continue;
    unread.push(spot);
    within = spot.to;
  }
  return unread;
}

type TargetProps = Parameters<typeof TargetPanel>[0];

function Target({
  target,
  targets,
  traced,
  output,
  misfits,
  ...rest
}: {
  target: TargetProps['chosen'];
  traced: ReturnType<typeof trace>;
  output: string;
  misfits: Parameters<typeof targetRows>[1]['misfits'];
} & Pick<TargetProps, 'targets' | 'onChoose' | 'onGo' | 'onOutput' | 'source'>) {
  const { rows, coverage } = useMemo(
    () =>
      targetRows(target?.schema, {
        output: output === '' ? undefined : (JSON.parse(output) as unknown),
        misfits,
        stamps: target?.stamps ?? [],
        traced,
      }),
    [target, output, misfits, traced],
  );
  return <TargetPanel targets={targets} chosen={target} rows={rows} coverage={coverage} {...rest} />;
}
