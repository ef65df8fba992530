import { useDebouncedValue } from '@mantine/hooks';
import type { Range } from '@waybill/mapping-language';
import { useEffect, useState } from 'react';
import { t } from '../../language/index.js';
import { useCursor, type Cursor } from './cursor.js';
import classes from './panels.module.css';

/** What the selected part of the expression is with this sample, or the part that the cursor is in. */
export function ValueAtCursor({ cursor, look }: { cursor: Cursor; look: (range: Range) => Promise<{ text: string; words: string } | undefined> }) {
  const range = useCursor(cursor);
  const [settled] = useDebouncedValue(range, 150);
  const [looked, setLooked] = useState<{ text: string; words: string }>();
  useEffect(() => {
    let wanted = true;
    void look(settled).then((found) => {
      if (wanted) setLooked(found);
    });
    return () => {
      wanted = false;
    };
  }, [settled, look]);
  return (
    <div className={classes.value} role="group" aria-label={t('Value at the cursor')}>
      {looked ? (
        <>
          <code className={classes.dim} style={{ maxWidth: '45%' }} title={looked.text}>
            {looked.text.replaceAll(/\s+/g, ' ')}
          </code>
          <span aria-hidden>=</span>
          <code title={looked.words}>{looked.words}</code>
        </>
      ) : (
        <span className={classes.dim}>{t('Put the cursor into the expression, or select a part of it, to see its value.')}</span>
      )}
    </div>
  );
} // prettier-ignore
