import type { EditPreview } from '../api/operate.js';
import { t } from '../language/index.js';
import classes from './table-draft/table-draft.module.css';

/** Corrected fields: what was there is struck out, what comes in its place stands beside it. */
export function FieldChanges({ changes }: { changes: EditPreview['changes'] }) {
  return (
    <dl className={classes.cells} aria-label={t('Corrected fields')}>
      {changes.map(({ path, before, after, absent }) => (
        <div key={path} style={{ display: 'contents' }}>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            {absent ? t('was not there') : <del className={classes.was}>{wordOf(before)}</del>}{' '}
            <ins className={classes.is}>{wordOf(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const wordOf = (value: string | number | boolean | null): string => (value === null || value === '' ? t('nothing') : String(value));
