import { Text } from '@mantine/core';
import type { MeterPreview } from '../../api/usage.js';
import { counted, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Facts } from '../../parts/page.js';
import { dimensionsInWords, eventsInWords, Quantity } from './usage-words.js';

type Difference = MeterPreview['differences'][number];
type Counted = NonNullable<MeterPreview['then']>;

const columns: Column<Difference>[] = [
  {
    id: 'subject',
    header: t('Used by'),
    grow: true,
    cell: (difference) => [difference.subject, dimensionsInWords(difference.dimensions)].filter(Boolean).join(' · '),
  },
  { id: 'now', header: t('Now'), align: 'right', cell: (difference) => <Quantity value={difference.now} /> },
  { id: 'then', header: t('With this file'), align: 'right', cell: (difference) => <Quantity value={difference.then} /> },
];

const countedInWords = (side: Counted | null): string =>
  side
    ? counted(side.subjects, '{{events}} of {{count}} user', '{{events}} of {{count}} users', { events: eventsInWords(side.events) })
    : t('Nothing: it is not saved yet');

/** What a version would make of past usage, beside what the active one makes of it. */
export function MeterEffect({ preview }: { preview: MeterPreview }) {
  const { now, then, differences, looked } = preview;
  return (
    <section aria-label={t('What it would make of past usage')}>
      <Facts
        items={[
          [t('Looked at'), eventsInWords(looked)],
          [t('Counts now'), countedInWords(now)],
          [t('Would count'), countedInWords(then)],
          ...(then?.unreadable ?? []).map((unreadable): [string, string] => [
            t('Cannot read'),
            [
              `${eventsInWords(unreadable.events)}: ${unreadable.reason}`,
              ...(unreadable.example ? [t('such as {{example}}', { example: unreadable.example })] : []),
            ].join(', '),
          ]),
        ]}
      />
      <Text size="sm" fw={600} mt="md" mb={6}>
        {differences.length === 0 ? t('No quantity would change') : t('Quantities that would change')}
      </Text>
      {differences.length > 0 ? (
        <DataTable
          label={t('Quantities that would change')}
          columns={columns}
          rows={differences}
          rowId={(difference) => `${difference.subject} ${JSON.stringify(difference.dimensions)}`}
        />
      ) : null}
    </section>
  );
}
