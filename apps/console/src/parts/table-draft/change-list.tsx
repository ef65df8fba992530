import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowBarToRight, IconEqual, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ChangeEntry } from '../../api/build.js';
import { t } from '../../language/index.js';
import { StateMark } from '../badge.js';
import classes from './table-draft.module.css';

const looks = {
  added: { word: t('Added'), icon: IconPlus, tone: 'ok' },
  changed: { word: t('Changed'), icon: IconPencil, tone: 'live' },
  ended: { word: t('Ended'), icon: IconArrowBarToRight, tone: 'warn' },
  removed: { word: t('Removed'), icon: IconTrash, tone: 'bad' },
  unchanged: { word: t('As it is'), icon: IconEqual, tone: 'idle' },
  refused: { word: t('Problem'), icon: IconAlertTriangle, tone: 'bad' },
} as const;
export type ChangeKind = keyof typeof looks;

export type ShownChange = Pick<ChangeEntry, 'kind' | 'key' | 'validFrom' | 'validTo' | 'cells' | 'note'> & {
  problems?: ChangeEntry['problems'];
};

export function ChangeMark({ kind, count }: { kind: ChangeKind; count?: number }) {
  const { word, icon, tone } = looks[kind];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
      {count === undefined ? '' : `: ${count}`}
    </StateMark>
  );
}

/** How many of each, in words with their marks. */
export function ChangeCounts({ counts }: { counts: Record<ChangeKind, number> }) {
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 6 }}>
      {(Object.keys(looks) as ChangeKind[])
        .filter((kind) => counts[kind] > 0)
        .map((kind) => (
          <ChangeMark key={kind} kind={kind} count={counts[kind]} />
        ))}
    </span>
  );
}

/** A file of ten thousand rows is a draft of as many changes: a page of them stands there at once. */
const shownAtOnce = 100;

/** Changes of a table, row by row and cell by cell: what was struck out, what comes in its place. */
export function ChangeList<T extends ShownChange>({
  label,
  changes,
  columns,
  conflict = () => false,
  action,
}: {
  label: string;
  changes: readonly T[];
  /** Of the key, in their order. */
  columns: readonly string[];
  conflict?: (change: T) => boolean;
  action?: (change: T) => ReactNode;
}) {
  const [shown, setShown] = useState(shownAtOnce);
  const left = changes.length - shown;
  const list = (
    <ul className={classes.list} aria-label={label}>
      {changes.slice(0, shown).map((change, index) => {
        const key = (columns.length ? columns : Object.keys(change.key)).map((column) => change.key[column]).join(' · ');
        const conflicts = conflict(change);
        return (
          <li key={`${key} ${change.validFrom ?? ''} ${index}`} data-conflict={conflicts || undefined}>
            <ChangeMark kind={change.kind} />
            <div className={classes.what}>
              <div className={classes.key}>{key}</div>
              <div className={classes.days}>{validity(change)}</div>
            </div>
            <div className={classes.what}>
              {change.cells.length > 0 ? (
                <dl className={classes.cells}>
                  {change.cells.map((cell) => (
                    <div key={cell.column} style={{ display: 'contents' }}>
                      <dt>{cell.column}</dt>
                      <dd>
                        {cell.before !== null ? <del className={classes.was}>{cell.before}</del> : null}
                        {cell.before !== null && cell.after !== null ? ' ' : null}
                        {cell.after !== null ? <ins className={classes.is}>{cell.after}</ins> : null}
                      </dd>
                    </div>
                  ))}
                </dl>
              ) : null}
              {change.problems?.map((problem, at) => (
                <p key={at} className={classes.problem}>
                  {problem.line ? <>{t('Line {{line}}:', { line: problem.line })} </> : null}
                  {problem.detail.replace(/\.$/, '')}.
                </p>
              ))}
              {change.note ? <p className={classes.note}>{sentence(change.note)}</p> : null}
              {conflicts ? <p className={classes.note}>{t('Somebody else changed this key since the draft was begun.')}</p> : null}
            </div>
            {action ? <div className={classes.act}>{action(change)}</div> : null}
          </li>
        );
      })}
    </ul>
  );
  if (left <= 0) return list;
  return (
    <>
      {list}
      <Button mt={6} size="xs" variant="default" onClick={() => setShown(shown + shownAtOnce)}>
        {t('Show {{more}} more of {{left}}', { more: Math.min(left, shownAtOnce), left })}
      </Button>
    </>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

function validity({ validFrom, validTo }: Pick<ShownChange, 'validFrom' | 'validTo'>): string {
  if (validFrom === null && validTo === null) return t('always valid');
  if (validFrom === null) return t('until {{validTo}}', { validTo: validTo! });
  return validTo === null ? t('from {{validFrom}}', { validFrom }) : t('{{validFrom}} to {{validTo}}', { validFrom, validTo });
}
