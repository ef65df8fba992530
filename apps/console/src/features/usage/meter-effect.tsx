import { Text } from '@mantine/core';
import type { MeterPreview } from '../../api/usage.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { Facts } from '../../parts/page.js';
import { dimensionsInWords, eventsInWords, Quantity } from './usage-words.js';

type Difference = MeterPreview['differences'][number];
type Counted = NonNullable<MeterPreview['then']>;

const columns: Column<Difference>[] = [
  {
    id: 'subject',
    header: 'Used by',
    grow: true,
    cell: (difference) => [difference.subject, dimensionsInWords(difference.dimensions)].filter(Boolean).join(' · '),
  },
  { id: 'now', header: 'Now', align: 'right', cell: (difference) => <Quantity value={difference.now} /> },
  { id: 'then', header: 'With this file', align: 'right', cell: (difference) => <Quantity value={difference.then} /> },
];

const counted = (side: Counted | null): string =>
  side
    ? `${eventsInWords(side.events)} of ${side.subjects === 1 ? '1 user' : `${formatCount(side.subjects)} users`}`
    : 'Nothing: it is not saved yet';

/** What a version would make of past usage, beside what the active one makes of it. */
export function MeterEffect({ preview }: { preview: MeterPreview }) {
  const { now, then, differences, looked } = preview;
  return (
    <section aria-label="What it would make of past usage">
      <Facts
        items={[
          ['Looked at', eventsInWords(looked)],
          ['Counts now', counted(now)],
          ['Would count', counted(then)],
          ...(then?.unreadable ?? []).map((unreadable): [string, string] => [
            'Cannot read',
            `${eventsInWords(unreadable.events)}: ${unreadable.reason}${unreadable.example ? `, such as ${unreadable.example}` : ''}`,
          ]),
        ]}
      />
      <Text size="sm" fw={600} mt="md" mb={6}>
        {differences.length === 0 ? 'No quantity would change' : 'Quantities that would change'}
      </Text>
      {differences.length > 0 ? (
        <DataTable
          label="Quantities that would change"
          columns={columns}
          rows={differences}
          rowId={(difference) => `${difference.subject} ${JSON.stringify(difference.dimensions)}`}
        />
      ) : null}
    </section>
  );
}
