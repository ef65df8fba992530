import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tableQuery } from '../../api/build.js';
import type { ExceptionItem } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { formatCount } from '../../parts/money.js';
import { RowForm } from '../../parts/row-form.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './exceptions.module.css';
import { FixLink } from './fix-link.js';

/** Step one: put the cause right. A row of a table is put right here; everything else is one link away. */
export function FixStep({ exception }: { exception: ExceptionItem }) {
  const can = useCan();
  const [editing, setEditing] = useState(false);
  const [cleared, setCleared] = useState<number>();
  const fix = exception.fix;
  const canRow = fix.kind === 'table' && can('table.write');
  return (
    <section className={classes.step} aria-label="What to do">
      <span className={classes.stepNumber}>1</span>
      <h3 className={classes.stepTitle}>What to do</h3>
      <Text size="sm">{exception.remedy}</Text>
      <Text size="sm" component="div">
        <FixLink fix={fix} />
      </Text>
      {cleared !== undefined ? (
        <div className={classes.cleared} role="status">
          The row is written.{' '}
          {cleared > 1 ? `It may clear ${formatCount(cleared)} open exceptions.` : cleared === 1 ? 'It may clear this exception.' : ''}{' '}
          Preview the replay to see.
        </div>
      ) : null}
      {canRow && !editing && cleared === undefined ? (
        <div>
          <Button size="xs" variant="light" mt={4} onClick={() => setEditing(true)}>
            Write the row here
          </Button>
        </div>
      ) : null}
      {canRow && editing ? (
        <InlineRow
          table={fix.table}
          by={fix.by}
          onCancel={() => setEditing(false)}
          onSaved={(mayClear) => {
            setEditing(false);
            setCleared(mayClear);
          }}
        />
      ) : null}
    </section>
  );
}

function InlineRow({
  table: name,
  by,
  onSaved,
  onCancel,
}: {
  table: string;
  by: Record<string, string>;
  onSaved: (mayClear: number) => void;
  onCancel: () => void;
}) {
  const table = useQuery(tableQuery(name));
  if (table.isPending) return <Waiting rows={4} />;
  if (!table.data) return <Failure error={table.error} what={`table ${name}`} onRetry={() => void table.refetch()} />;
  return <RowForm table={table.data} start={{ key: by }} verb="Add row" onSaved={onSaved} onCancel={onCancel} />;
}
