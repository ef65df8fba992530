import { formatMilliseconds } from '../../parts/time.js';
import type { Extension } from '@codemirror/state';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconServer2 } from '@tabler/icons-react';
import type { MappingResult } from '../../api/build.js';
import { asProblem } from '../../api/problem.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { CodeEditor, type CodeEditorProps } from '../../parts/editor/code-editor.js';
import classes from './mappings.module.css';
import type { LiveOutput } from './use-evaluation.js';

/** The engine knows more than this window only where this window has not the tables. */
const isOfEngine = (live: LiveOutput, engine: MappingResult | undefined, isCurrent: boolean): engine is MappingResult =>
  isCurrent && engine?.ok === true && engine.output !== undefined && live.stale !== undefined;

/** What the output pane shows, as JSON with indents. */
export const outputText = (live: LiveOutput, engine: MappingResult | undefined, isCurrent: boolean): string =>
  isOfEngine(live, engine, isCurrent) ? JSON.stringify(engine.output, null, 2) : (live.output ?? '');

/** The worker's output, the engine's where that could not make one; an old one is kept and said to be old. */
export function OutputPane({
  live,
  engine,
  engineIsCurrent,
  engineError,
  running,
  onRun,
  hasSample,
  marks,
  goTo,
  onPick,
}: {
  live: LiveOutput;
  engine: MappingResult | undefined;
  engineIsCurrent: boolean;
  engineError: unknown;
  running: boolean;
  onRun: () => void;
  hasSample: boolean;
  marks: Extension;
  goTo: CodeEditorProps['goTo'];
  onPick: (text: string, offset: number) => void;
}) {
  const fromEngine = isOfEngine(live, engine, engineIsCurrent);
  const text = outputText(live, engine, engineIsCurrent);
  const failure = engineIsCurrent && engine && !engine.ok ? engine.error?.message : live.stale?.message;
  const needsTables = live.stale?.code === 'MAPPING_TABLE_UNKNOWN';
  const stale = !fromEngine && live.stale !== undefined;
  return (
    <section aria-label={t('Output')} data-stale={stale || undefined} className={classes.output}>
      <div className={classes.paneHead}>
        <h2>{t('Output')}</h2>
        <span role="status">
          {fromEngine ? (
            <StateMark icon={IconServer2} tone="ok" title={t('Run in the engine, with the tables as they are')}>
              {t('Engine {{ms}}', { ms: formatMilliseconds(engine.ms) })}
            </StateMark>
          ) : needsTables && running ? (
            <StateMark icon={IconClock} tone="live">
              {t('Asking the engine')}
            </StateMark>
          ) : stale ? (
            <StateMark icon={IconAlertTriangle} tone="warn" title={failure}>
              {text ? t('Stale') : t('No output')}
            </StateMark>
          ) : live.ms !== undefined ? (
            <StateMark icon={IconCircleCheck} tone="ok" title={t('Run in this window')}>
              {t('Live {{ms}}', { ms: formatMilliseconds(live.ms) })}
            </StateMark>
          ) : null}
        </span>
        <div style={{ flex: 1 }} />
        <Button size="compact-xs" variant="default" style={{ flex: 'none' }} loading={running} disabled={!hasSample} onClick={onRun}>
          {t('Run in engine')}
        </Button>
      </div>
      {!hasSample && !text ? (
        <p className={classes.hint}>{t('Choose a recorded sample or paste one to see the output.')}</p>
      ) : (
        <CodeEditor
          language="json"
          label={t('Output')}
          height={440}
          value={text}
          readOnly
          extensions={marks}
          goTo={goTo}
          onPick={(offset) => onPick(text, offset)}
        />
      )}
      {stale && failure ? (
        <p className={classes.why}>
          {text ? `${t('The output is of an earlier text.')} ` : ''}
          {failure}
        </p>
      ) : null}
      {engineError ? <p className={classes.why}>{t('The engine refused: {{detail}}', { detail: asProblem(engineError).detail })}</p> : null}
    </section>
  );
}
