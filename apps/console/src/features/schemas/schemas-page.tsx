import { IconFileCode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { schemaMarksQuery, schemasQuery, schemaWord, type SchemaItem, type SchemaMark } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { eventTypeMarksQuery, eventTypesQuery, metersQuery, type EventType, type EventTypeMark, type Meter } from '../../api/usage.js';
import { counted, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText } from '../../parts/filter-bar.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { DriftMark, isKind, kindWords, type Kind } from './schema-words.js';

const route = getRouteApi('/app/schemas');

type Marks = Pick<SchemaMark, 'payloads' | 'unknown' | 'unseen' | 'otherTypes'>;

interface Row {
  kind: Kind;
  name: string;
  title: string;
  version: number | null;
  inUse: boolean;
  usedBy: string;
  /** Undefined: the caller may not see payloads, or there are none to look through. */
  mark: Marks | undefined;
}

function columnsFor(marks: boolean): Column<Row>[] {
  return [
    {
      id: 'title',
      header: t('Schema'),
      grow: true,
      cell: ({ title, name }) => (
        <>
          {title} {title === name ? null : <span style={{ color: 'var(--mantine-color-dimmed)' }}>{name}</span>}
        </>
      ),
    },
    { id: 'kind', header: t('Kind'), room: 2, cell: ({ kind }) => kindWords[kind] },
    { id: 'version', header: t('Version'), align: 'right', room: 2, cell: ({ version }) => version ?? '–' },
    { id: 'used', header: t('Used by'), room: 2, cell: ({ usedBy }) => usedBy || '–' },
    ...(marks
      ? [
          {
            id: 'drift',
            header: t('Drift'),
            cell: ({ mark, version, kind }: Row) => <DriftMark mark={mark} written={kind !== 'event' || version !== null} />,
          },
        ]
      : []),
  ];
}

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const mayUsage = can('usage.read');
  const mayPayloads = can('message.read');
  const schemas = useQuery(schemasQuery);
  const types = useQuery({ ...eventTypesQuery, enabled: mayUsage });
  const meters = useQuery({ ...metersQuery, enabled: mayUsage });
  const marks = useQuery({ ...schemaMarksQuery, enabled: mayPayloads });
  const eventMarks = useQuery({ ...eventTypeMarksQuery, enabled: mayUsage });
  const kind: Kind | undefined = isKind(search.kind) ? search.kind : undefined;
  const all = schemas.data
    ? rowsOf({
        items: schemas.data.items,
        types: types.data ?? [],
        meters: meters.data?.items ?? [],
        marks: marks.data?.items ?? [],
        eventMarks: eventMarks.data?.items ?? [],
      })
    : [];
  const rows = all.filter(
    (row) =>
      (search.use === 'all' || row.inUse) &&
      (kind === undefined || row.kind === kind) &&
      `${row.name} ${row.title}`.toLowerCase().includes((search.q ?? '').toLowerCase()),
  );
  const set = (next: Partial<typeof search>) => void navigate({ to: '/schemas', search: { ...search, ...next } });
  const failed = [schemas, types, meters, marks, eventMarks].find((query) => query.isError && !query.data);
  return (
    <>
      <PageHead
        title={t('Schemas')}
        name={t('Schemas')}
        lead={t('What the records of flows and the outputs of mappings are checked by, and what usage events look like.')}
      />
      {failed ? <Failure error={failed.error} what={t('schemas')} onRetry={() => void failed.refetch()} /> : null}
      {schemas.isPending || (mayUsage && types.isPending) ? <Waiting rows={8} height={41} /> : null}
      {schemas.data && all.length === 0 ? (
        <FirstUse icon={IconFileCode} title={t('No schemas')}>
          {t('The canonical model and the connectors bring schemas with them.')}
        </FirstUse>
      ) : null}
      {all.length > 0 && !(mayUsage && types.isPending) ? (
        <>
          <FilterBar>
            <FilterText label={t('Find schemas')} placeholder={t('Name or title')} value={search.q} onChange={(q) => set({ q })} />
            <FilterChip
              label={t('Kind')}
              value={search.kind}
              choices={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
              onChange={(kind) => set({ kind })}
            />
            <FilterChip
              label={t('Connectors')}
              value={search.use}
              choices={[{ value: 'all', label: t('Also without a connection') }]}
              onChange={(use) => set({ use })}
            />
          </FilterBar>
          {rows.length === 0 ? (
            <FilteredEmpty
              what={t('schemas')}
              filters={[
                ...(search.q ? [t('text “{{q}}”', { q: search.q })] : []),
                ...(kind ? [t('kind {{kind}}', { kind: kindWords[kind] })] : []),
                ...(search.use === 'all' ? [] : [t('connectors with a connection')]),
              ]}
              onClear={() => void navigate({ to: '/schemas', search: { use: 'all' } })}
            />
          ) : (
            <DataTable
              label={t('Schemas')}
              columns={columnsFor((mayPayloads && marks.data !== undefined) || eventMarks.data !== undefined)}
              rows={rows}
              rowId={({ kind, name }) => `${kind} ${name}`}
              link={({ kind, name }) => ({
                to: '/schemas/$kind/$name',
                params: { kind, name: kind === 'event' ? name : schemaWord(name) },
                search: {},
              })}
            />
          )}
        </>
      ) : null}
    </>
  );
}

interface Read {
  items: readonly SchemaItem[];
  types: readonly EventType[];
  meters: readonly Meter[];
  marks: readonly SchemaMark[];
  eventMarks: readonly EventTypeMark[];
}

function rowsOf({ items, types, meters, marks, eventMarks }: Read): Row[] {
  const known = new Set(types.map(({ type }) => type));
  const unwritten = eventMarks.filter(({ type }) => !known.has(type)).map(({ type }) => ({ type, version: null }));
  return [
    ...items.map(({ kind, name, title, version, inUse, flows, mappings }) => ({
      kind,
      name,
      title,
      version,
      inUse,
      usedBy:
        flows > 0
          ? [counted(flows, '{{count}} flow', '{{count}} flows'), counted(mappings, '{{count}} mapping', '{{count}} mappings')].join(', ')
          : '',
      mark: marks.find((mark) => mark.kind === kind && mark.name === name),
    })),
    ...[...types, ...unwritten].map(({ type, version }) => {
      const counting = meters.filter(({ events }) => events.includes(type)).length;
      const mark = eventMarks.find((one) => one.type === type);
      return {
        kind: 'event' as const,
        name: type,
        title: type,
        version,
        inUse: true,
        usedBy: counting > 0 ? counted(counting, '{{count}} meter', '{{count}} meters') : '',
        mark: mark && { ...mark, payloads: mark.events },
      };
    }),
  ];
}
