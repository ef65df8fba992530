import { Select, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleMinus, IconServer2, type Icon } from '@tabler/icons-react';
import type { Range } from '@waybill/mapping-language';
import type { MappingFields } from '../../api/build.js';
import { rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import type { Tone } from '../../parts/tone.js';
import { PlaceInText } from './origin-panel.js';
import classes from './panels.module.css';
import type { Coverage, TargetRow } from './target-rows.js';

const marks: Record<TargetRow['status'], { icon: Icon; tone: Tone; word: string }> = {
  fits: { icon: IconCircleCheck, tone: 'ok', word: t('Fits') },
  issue: { icon: IconAlertTriangle, tone: 'bad', word: t('Does not fit') },
  missing: { icon: IconAlertTriangle, tone: 'bad', word: t('Missing') },
  absent: { icon: IconCircleMinus, tone: 'idle', word: t('Not given') },
  engine: { icon: IconServer2, tone: 'idle', word: t('By the engine') },
  unknown: { icon: IconCircleDashed, tone: 'idle', word: t('No output yet') },
};

/** Every field that the target asks for, and the expression that gives it. */
export function TargetPanel({
  targets,
  chosen,
  onChoose,
  rows,
  coverage,
  source,
  onGo,
  onOutput,
}: {
  targets: MappingFields['targets'];
  chosen: MappingFields['targets'][number] | undefined;
  onChoose: (flow: string) => void;
  rows: readonly TargetRow[];
  coverage: Coverage;
  source: string;
  onGo: (range: Range) => void;
  onOutput: (path: string[]) => void;
}) {
  if (!chosen)
    return (
      <Text size="sm" c="dimmed">
        {t('No flow uses this mapping yet, so nothing is known of what it has to give.')}
      </Text>
    );
  return (
    <section aria-label={t('Target')}>
      <div className={classes.head}>
        {targets.length > 1 ? (
          <Select
            size="xs"
            w={220}
            aria-label={t('Flow')}
            allowDeselect={false}
            data={targets.map(({ flow }) => flow)}
            value={chosen.flow}
            onChange={(flow) => flow && onChoose(flow)}
          />
        ) : null}
        <span>
          <code>{chosen.name}</code>
        </span>
        <Covered word={t('required')} {...coverage.required} />
        <Covered word={t('optional')} {...coverage.optional} />
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Fields of the target')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('Field')}</th>
              <th scope="col">{t('Need')}</th>
              <th scope="col">{t('Type')}</th>
              <th scope="col">{t('Status')}</th>
              <th scope="col">{t('Expression')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const mark = marks[row.status];
              return (
                <tr key={row.path.join('/')}>
                  <th scope="row" style={{ paddingLeft: 10 + (row.path.length - 1) * 14, fontWeight: 400 }}>
                    <button type="button" className={classes.code} title={row.description} onClick={() => onOutput(row.path)}>
                      {row.path.at(-1)}
                    </button>
                  </th>
                  <td>{row.required ? t('required') : <span className={classes.dim}>{t('optional')}</span>}</td>
                  <td>{row.type.length > 60 ? <span title={row.type}>{row.type.slice(0, 59)}…</span> : row.type}</td>
                  <td>
                    <StateMark icon={mark.icon} tone={mark.tone}>
                      {mark.word}
                    </StateMark>
                    {row.words ? <div className={classes.dim}>{row.words}</div> : null}
                  </td>
                  <td>
                    {row.at ? (
                      <PlaceInText range={row.at} source={source} onGo={onGo} />
                    ) : row.status === 'engine' || row.exact ? null : (
                      <span className={classes.dim}>
                        {row.status === 'missing' || row.status === 'absent' ? t('None') : t('Cannot be told')}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Covered({ word, filled, of }: { word: string; filled: number; of: number }) {
  if (of === 0) return null;
  return (
    <span>
      {rich('{{span}} {{filled}} of {{of}} {{word}}', {
        span: (
          <span className={classes.meter} aria-hidden>
            <span style={{ width: `${(filled * 100) / of}%` }} />
          </span>
        ),
        filled,
        of,
        word,
      })}
    </span>
  );
}
