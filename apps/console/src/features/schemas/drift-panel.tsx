import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { schemaDriftQuery, type SchemaDrift } from '../../api/build.js';
import { eventTypeDriftQuery } from '../../api/usage.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { counted, pathWords, share } from './schema-words.js';

type Unknown = SchemaDrift['unknown'][number];
type Unseen = SchemaDrift['unseen'][number];
type OtherType = SchemaDrift['otherTypes'][number];

const field = { id: 'field', header: 'Field', cell: ({ path }: { path: string[] }) => <code>{pathWords(path)}</code> };
const seen = [
  { id: 'first', header: 'First seen', room: 3 as const, cell: ({ firstAt }: { firstAt: string }) => <Ago at={firstAt} /> },
  { id: 'last', header: 'Last seen', room: 2 as const, cell: ({ lastAt }: { lastAt: string }) => <Ago at={lastAt} /> },
];
const example = {
  id: 'example',
  header: 'Example',
  grow: true,
  room: 2 as const,
  cell: (row: { example: string | null }) => (row.example === null ? '–' : <code>{row.example}</code>),
};
const filled = (row: { filled: number; of: number }) => <span title={`${row.filled} of ${row.of}`}>{share(row.filled, row.of)}</span>;

const otherTypeColumns: Column<OtherType>[] = [
  field,
  { id: 'declared', header: 'Declared', cell: ({ declared, inList }) => `${inList ? 'list of ' : ''}${declared.join(' or ')}` },
  { id: 'type', header: 'Seen', cell: ({ type, inList }) => (inList ? `list with ${type}` : type) },
  { id: 'count', header: 'In', align: 'right', cell: ({ count, of }) => <span title={`${count} of ${of}`}>{share(count, of)}</span> },
  example,
  ...seen,
];
const unknownColumns: Column<Unknown>[] = [
  field,
  { id: 'types', header: 'Seen', cell: ({ types }) => types.join(' or ') },
  { id: 'filled', header: 'Filled', align: 'right', cell: filled },
  example,
  ...seen,
];
const unseenColumns: Column<Unseen>[] = [
  { ...field, grow: true },
  { id: 'types', header: 'Type', cell: ({ types }) => types.join(' or ') || 'any' },
  { id: 'required', header: 'Need', cell: ({ required }) => (required ? 'required' : 'optional') },
  { id: 'of', header: 'Could have been there', align: 'right', room: 2, cell: ({ of }) => counted(of, 'time') },
];
const rowId = (row: { path: string[]; type?: string; inList?: boolean }) => JSON.stringify([row.path, row.type, row.inList]);

/** What the newest recorded payloads say against the schema. */
export function DriftPanel({ kind, name }: { kind: string; name: string }) {
  const query = useQuery(schemaDriftQuery(kind, name));
  if (query.isPending) return <Waiting rows={8} height={41} />;
  if (!query.data) return <Failure error={query.error} what="recorded payloads" onRetry={() => void query.refetch()} />;
  const drift = query.data;
  if (drift.payloads === 0)
    return (
      <FirstUse icon={IconFileSearch} title="No payloads recorded yet">
        {drift.side === null
          ? 'No flow uses this schema, so nothing is recorded that could be compared with it.'
          : 'As soon as its flows have documents that you may see, they are compared with the schema here.'}
      </FirstUse>
    );
  return (
    <>
      <Text size="sm" component="p" m={0}>
        Over the newest {counted(drift.payloads, 'recorded payload')} that you may see of {drift.flows.join(', ')}
        {drift.side === 'writes' ? ', as their mappings wrote them' : ', as they came in'}: from <At at={drift.from} /> to{' '}
        <At at={drift.to} />. <Again fetching={query.isFetching} onClick={() => void query.refetch()} />
      </Text>
      <Differences drift={drift} />
    </>
  );
}

/** What the newest usage events of a type say against its newest schema. */
export function EventDriftPanel({ type }: { type: string }) {
  const query = useQuery(eventTypeDriftQuery(type));
  if (query.isPending) return <Waiting rows={8} height={41} />;
  if (!query.data) return <Failure error={query.error} what="usage events" onRetry={() => void query.refetch()} />;
  const drift = query.data;
  if (drift.events === 0)
    return (
      <FirstUse icon={IconFileSearch} title="No event among the newest">
        As soon as events of this type come in, what they have is compared with the schema here.
      </FirstUse>
    );
  return (
    <>
      <Text size="sm" component="p" m={0}>
        Over the newest {counted(drift.events, 'event')} of {type}, beside version {drift.version}: received from <At at={drift.from} /> to{' '}
        <At at={drift.to} />. <Again fetching={query.isFetching} onClick={() => void query.refetch()} />
      </Text>
      <Differences drift={drift} />
    </>
  );
}

const Again = ({ fetching, onClick }: { fetching: boolean; onClick: () => void }) => (
  <Button variant="subtle" size="compact-sm" loading={fetching} onClick={onClick}>
    Look again
  </Button>
);

function Differences({ drift }: { drift: Pick<SchemaDrift, 'unknown' | 'unseen' | 'otherTypes' | 'more'> }) {
  const refused = drift.unknown.some((one) => one.refused);
  return (
    <>
      {drift.more ? (
        <Text size="sm" mt="xs">
          There is more than is shown: payloads have too many fields.
        </Text>
      ) : null}
      <Section title="Values of another type" aside={<Found n={drift.otherTypes.length} bad />}>
        {drift.otherTypes.length > 0 ? (
          <DataTable label="Values of another type" columns={otherTypeColumns} rows={drift.otherTypes} rowId={rowId} />
        ) : null}
      </Section>
      <Section title="Not in the schema" aside={<Found n={drift.unknown.length} bad={refused} />}>
        {refused ? (
          <Text size="sm" mb="xs">
            The schema allows no other fields in some of these places, so such payloads stop.
          </Text>
        ) : null}
        {drift.unknown.length > 0 ? (
          <DataTable label="Fields not in the schema" columns={unknownColumns} rows={drift.unknown} rowId={rowId} />
        ) : null}
      </Section>
      <Section title="Never filled" aside={<Found n={drift.unseen.length} bad={drift.unseen.some((one) => one.required)} />}>
        {drift.unseen.length > 0 ? (
          <DataTable label="Fields never filled" columns={unseenColumns} rows={drift.unseen} rowId={rowId} />
        ) : null}
      </Section>
    </>
  );
}

function Found({ n, bad }: { n: number; bad: boolean }) {
  if (n === 0)
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        None
      </StateMark>
    );
  return bad ? (
    <StateMark icon={IconAlertTriangle} tone="warn">
      {counted(n, 'field')}
    </StateMark>
  ) : (
    <span>{counted(n, 'field')}</span>
  );
}
