import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { schemaDriftQuery, type SchemaDrift } from '../../api/build.js';
import { eventTypeDriftQuery } from '../../api/usage.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { fieldsInWords, pathWords, share } from './schema-words.js';

type Unknown = SchemaDrift['unknown'][number];
type Unseen = SchemaDrift['unseen'][number];
type OtherType = SchemaDrift['otherTypes'][number];

const field = { id: 'field', header: t('Field'), cell: ({ path }: { path: string[] }) => <code>{pathWords(path)}</code> };
const seen = [
  { id: 'first', header: t('First seen'), room: 3 as const, cell: ({ firstAt }: { firstAt: string }) => <Ago at={firstAt} /> },
  { id: 'last', header: t('Last seen'), room: 2 as const, cell: ({ lastAt }: { lastAt: string }) => <Ago at={lastAt} /> },
];
const example = {
  id: 'example',
  header: t('Example'),
  grow: true,
  room: 2 as const,
  cell: (row: { example: string | null }) => (row.example === null ? '–' : <code>{row.example}</code>),
};
const filled = (row: { filled: number; of: number }) => (
  <span title={t('{{filled}} of {{of}}', { filled: row.filled, of: row.of })}>{share(row.filled, row.of)}</span>
);

const otherTypeColumns: Column<OtherType>[] = [
  field,
  {
    id: 'declared',
    header: t('Declared'),
    cell: ({ declared, inList }) =>
      inList ? t('list of {{type}}', { type: declared.join(` ${t('or')} `) }) : declared.join(` ${t('or')} `),
  },
  { id: 'type', header: t('Seen'), cell: ({ type, inList }) => (inList ? t('list with {{type}}', { type }) : type) },
  {
    id: 'count',
    header: t('In'),
    align: 'right',
    cell: ({ count, of }) => <span title={t('{{count}} of {{of}}', { count, of })}>{share(count, of)}</span>,
  },
  example,
  ...seen,
];
const unknownColumns: Column<Unknown>[] = [
  field,
  { id: 'types', header: t('Seen'), cell: ({ types }) => types.join(` ${t('or')} `) },
  { id: 'filled', header: t('Filled'), align: 'right', cell: filled },
  example,
  ...seen,
];
const unseenColumns: Column<Unseen>[] = [
  { ...field, grow: true },
  { id: 'types', header: t('Type'), cell: ({ types }) => types.join(` ${t('or')} `) || t('any') },
  { id: 'required', header: t('Need'), cell: ({ required }) => (required ? t('required') : t('optional')) },
  {
    id: 'of',
    header: t('Could have been there'),
    align: 'right',
    room: 2,
    cell: ({ of }) => counted(of, '{{count}} time', '{{count}} times'),
  },
];
const rowId = (row: { path: string[]; type?: string; inList?: boolean }) => JSON.stringify([row.path, row.type, row.inList]);

/** What the newest recorded payloads say against the schema. */
export function DriftPanel({ kind, name }: { kind: string; name: string }) {
  const query = useQuery(schemaDriftQuery(kind, name));
  if (query.isPending) return <Waiting rows={8} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('recorded payloads')} onRetry={() => void query.refetch()} />;
  const drift = query.data;
  if (drift.payloads === 0)
    return (
      <FirstUse icon={IconFileSearch} title={t('No payloads recorded yet')}>
        {drift.side === null
          ? t('No flow uses this schema, so nothing is recorded that could be compared with it.')
          : t('As soon as its flows have documents that you may see, they are compared with the schema here.')}
      </FirstUse>
    );
  const over = {
    payloads: counted(drift.payloads, '{{count}} recorded payload', '{{count}} recorded payloads'),
    flows: drift.flows.join(', '),
    from: <At at={drift.from} />,
    to: <At at={drift.to} />,
  };
  return (
    <>
      <Text size="sm" component="p" m={0}>
        {drift.side === 'writes'
          ? rich('Over the newest {{payloads}} that you may see of {{flows}}, as their mappings wrote them: from {{from}} to {{to}}.', over)
          : rich('Over the newest {{payloads}} that you may see of {{flows}}, as they came in: from {{from}} to {{to}}.', over)}{' '}
        <Again fetching={query.isFetching} onClick={() => void query.refetch()} />
      </Text>
      <Differences drift={drift} />
    </>
  );
}

/** What the newest usage events of a type say against its newest schema. */
export function EventDriftPanel({ type }: { type: string }) {
  const query = useQuery(eventTypeDriftQuery(type));
  if (query.isPending) return <Waiting rows={8} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('usage events')} onRetry={() => void query.refetch()} />;
  const drift = query.data;
  if (drift.events === 0)
    return (
      <FirstUse icon={IconFileSearch} title={t('No event among the newest')}>
        {t('As soon as events of this type come in, what they have is compared with the schema here.')}
      </FirstUse>
    );
  return (
    <>
      <Text size="sm" component="p" m={0}>
        {rich('Over the newest {{events}} of {{type}}, beside version {{version}}: received from {{from}} to {{to}}.', {
          events: counted(drift.events, '{{count}} event', '{{count}} events'),
          type,
          version: drift.version,
          from: <At at={drift.from} />,
          to: <At at={drift.to} />,
        })}{' '}
        <Again fetching={query.isFetching} onClick={() => void query.refetch()} />
      </Text>
      <Differences drift={drift} />
    </>
  );
}

const Again = ({ fetching, onClick }: { fetching: boolean; onClick: () => void }) => (
  <Button variant="subtle" size="compact-sm" loading={fetching} onClick={onClick}>
    {t('Look again')}
  </Button>
);

function Differences({ drift }: { drift: Pick<SchemaDrift, 'unknown' | 'unseen' | 'otherTypes' | 'more'> }) {
  const refused = drift.unknown.some((one) => one.refused);
  return (
    <>
      {drift.more ? (
        <Text size="sm" mt="xs">
          {t('There is more than is shown: payloads have too many fields.')}
        </Text>
      ) : null}
      <Section title={t('Values of another type')} aside={<Found n={drift.otherTypes.length} bad />}>
        {drift.otherTypes.length > 0 ? (
          <DataTable label={t('Values of another type')} columns={otherTypeColumns} rows={drift.otherTypes} rowId={rowId} />
        ) : null}
      </Section>
      <Section title={t('Not in the schema')} aside={<Found n={drift.unknown.length} bad={refused} />}>
        {refused ? (
          <Text size="sm" mb="xs">
            {t('The schema allows no other fields in some of these places, so such payloads stop.')}
          </Text>
        ) : null}
        {drift.unknown.length > 0 ? (
          <DataTable label={t('Fields not in the schema')} columns={unknownColumns} rows={drift.unknown} rowId={rowId} />
        ) : null}
      </Section>
      <Section title={t('Never filled')} aside={<Found n={drift.unseen.length} bad={drift.unseen.some((one) => one.required)} />}>
        {drift.unseen.length > 0 ? (
          <DataTable label={t('Fields never filled')} columns={unseenColumns} rows={drift.unseen} rowId={rowId} />
        ) : null}
      </Section>
    </>
  );
}

function Found({ n, bad }: { n: number; bad: boolean }) {
  if (n === 0)
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('None')}
      </StateMark>
    );
  return bad ? (
    <StateMark icon={IconAlertTriangle} tone="warn">
      {fieldsInWords(n)}
    </StateMark>
  ) : (
    <span>{fieldsInWords(n)}</span>
  );
}
