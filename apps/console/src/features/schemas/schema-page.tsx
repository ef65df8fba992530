import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { schemaConsumersQuery, schemaQuery, schemasQuery, schemaVersionsQuery, schemaWord } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { eventTypeDriftQuery, eventTypeQuery, metersQuery } from '../../api/usage.js';
import { asProblem } from '../../api/problem.js';
import { rich, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { JsonView } from '../../parts/json/json-view.js';
import { TextLink } from '../../parts/links.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { SwitchMark } from '../../parts/states.js';
import { Tabbed, type Tab } from '../../parts/tabbed.js';
import { Ago } from '../../parts/time.js';
import { DriftPanel, EventDriftPanel } from './drift-panel.js';
import { FieldTable } from './field-table.js';
import { InferredPanel } from './inferred-panel.js';
import { isKind, kindWords, type Kind } from './schema-words.js';
import { VersionDesign } from './version-design.js';
import { VersionPanel, type Version } from './version-panel.js';

const route = getRouteApi('/app/schemas/$kind/$name');

export function Page() {
  const { kind, name } = route.useParams();
  if (kind === 'event') return <EventTypePage type={name} />;
  return <SchemaPage kind={isKind(kind) ? kind : undefined} word={kind} name={name} />;
}

function SchemaPage({ kind, word, name }: { kind: Kind | undefined; word: string; name: string }) {
  const can = useCan();
  const query = useQuery(schemaQuery(word, name));
  const list = useQuery(schemasQuery);
  const item = list.data?.items.find((one) => one.kind === kind && schemaWord(one.name) === schemaWord(name));
  const full = item?.name ?? name;
  if (!query.data || !kind)
    return (
      <>
        <Head title={full} kind={kind} name={full} />
        {query.isPending ? (
          <Waiting rows={8} />
        ) : (
          <Failure error={query.error} what={t('schema {{full}}', { full })} onRetry={() => void query.refetch()} />
        )}
      </>
    );
  const described = (query.data as { description?: unknown }).description;
  return (
    <>
      <Head title={item?.title ?? full} kind={kind} name={full} lead={typeof described === 'string' ? described : undefined} />
      <Panels
        tabs={[
          { value: 'fields', word: t('Fields'), panel: <FieldTable schema={query.data} /> },
          ...(can('message.read')
            ? [
                { value: 'drift', word: t('Drift'), panel: <DriftPanel kind={kind} name={name} /> },
                { value: 'inferred', word: t('From payloads'), panel: <InferredPanel kind={kind} name={name} /> },
              ]
            : []),
          { value: 'consumers', word: t('Used by'), panel: <Consumers kind={kind} name={name} /> },
          ...(kind === 'canonical'
            ? [{ value: 'versions', word: t('Versions'), panel: <CanonicalVersions kind={kind} name={name} /> }]
            : []),
          { value: 'json', word: 'JSON', panel: <Raw schema={query.data} /> },
        ]}
      />
    </>
  );
}

function EventTypePage({ type }: { type: string }) {
  const { version } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(eventTypeQuery(type));
  const newest = query.data?.versions[0];
  const shown = query.data?.versions.find((one) => String(one.version) === version) ?? newest;
  const saved = () => void navigate({ to: '/schemas/$kind/$name', params: { kind: 'event', name: type }, search: {}, replace: true });
  if (query.isError && asProblem(query.error).code === 'NOT_FOUND') return <UnwrittenType type={type} onSaved={saved} />;
  if (!query.data || !shown)
    return (
      <>
        <Head title={type} kind="event" name={type} />
        {query.isPending ? (
          <Waiting rows={8} />
        ) : (
          <Failure error={query.error} what={t('event type {{type}}', { type })} onRetry={() => void query.refetch()} />
        )}
      </>
    );
  const versions: Version[] = query.data.versions.map((one) => ({
    version: one.version,
    about: <span>{rich('saved by {{createdBy}} {{createdAt}}', { createdBy: one.createdBy, createdAt: <Ago at={one.createdAt} /> })}</span>,
    compatibility: one.compatibility,
  }));
  return (
    <>
      <Head
        title={type}
        kind="event"
        name={
          shown === newest
            ? t('version {{version}}', { version: shown.version })
            : t('version {{version}}, not the newest', { version: shown.version })
        }
        lead={shown.description}
      />
      <Panels
        tabs={[
          { value: 'fields', word: t('Fields'), panel: <FieldTable schema={shown.schema} /> },
          { value: 'drift', word: t('Drift'), panel: <EventDriftPanel type={type} /> },
          { value: 'consumers', word: t('Used by'), panel: <CountingMeters type={type} /> },
          {
            value: 'new',
            word: t('New version'),
            panel: <VersionDesign type={type} newest={newest} description={newest!.description} onSaved={saved} />,
          },
          { value: 'versions', word: t('Versions'), panel: <VersionPanel versions={versions} /> },
          { value: 'json', word: 'JSON', panel: <Raw schema={shown.schema} /> },
        ]}
      />
    </>
  );
}

/** Events of it come in, or a meter counts them, and nobody said what they look like. */
function UnwrittenType({ type, onSaved }: { type: string; onSaved: () => void }) {
  const drift = useQuery(eventTypeDriftQuery(type));
  return (
    <>
      <Head
        title={type}
        kind="event"
        name={t('no schema yet')}
        lead={t(
          'Events of this type are taken as they are. With a schema they are checked at the door, and whoever sends another shape hears it at once.',
        )}
      />
      {drift.isPending ? <Waiting rows={6} /> : null}
      {drift.isError ? (
        <Failure error={drift.error} what={t('event type {{type}}', { type })} onRetry={() => void drift.refetch()} />
      ) : null}
      {drift.data ? <VersionDesign type={type} newest={undefined} description="" onSaved={onSaved} /> : null}
    </>
  );
}

function Head({ title, kind, name, lead }: { title: string; kind: Kind | undefined; name: string; lead?: string | undefined }) {
  return (
    <PageHead
      title={title}
      name={title}
      above={
        <>
          <Link to="/schemas" search={{}} style={{ color: 'inherit' }}>
            {t('Schemas')}
          </Link>
          {kind ? ` · ${kindWords[kind]}` : ''} · {name}
        </>
      }
      lead={lead}
    />
  );
}

function Panels({ tabs }: { tabs: readonly Tab[] }) {
  const search = route.useSearch();
  const params = route.useParams();
  const navigate = useNavigate();
  return (
    <Tabbed
      tabs={tabs}
      tab={search.tab}
      onTab={(tab) => void navigate({ to: '/schemas/$kind/$name', params, search: { ...search, tab } })}
    />
  );
}

const Raw = ({ schema }: { schema: unknown }) => <JsonView text={JSON.stringify(schema)} label={t('The schema as JSON')} maxHeight={720} />;

type Consumer = { flow: string; state: 'on' | 'paused' | 'draining'; mapping: string; side: 'reads' | 'writes' };
const consumerColumns: Column<Consumer>[] = [
  { id: 'flow', header: t('Flow'), grow: true, cell: ({ flow }) => flow },
  {
    id: 'side',
    header: t('What of it'),
    cell: ({ side }) => (side === 'reads' ? t('The records it reads') : t('What its mapping writes')),
  },
  {
    id: 'mapping',
    header: t('Mapping'),
    cell: ({ mapping }) => (
      <TextLink to="/mappings/$name" params={{ name: mapping }} search={{}}>
        {mapping}
      </TextLink>
    ),
  },
  { id: 'state', header: t('State'), room: 2, cell: ({ state }) => <SwitchMark state={state} /> },
];

function Consumers({ kind, name }: { kind: string; name: string }) {
  const query = useQuery(schemaConsumersQuery(kind, name));
  if (query.isPending) return <Waiting rows={4} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('flows of the schema')} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return (
      <FirstUse title={t('No flow uses it')}>{t('A flow that reads its records, or writes what it describes, is listed here.')}</FirstUse>
    );
  return (
    <DataTable
      label={t('Flows that use the schema')}
      columns={consumerColumns}
      rows={query.data.items as Consumer[]}
      rowId={({ flow, side }) => `${flow} ${side}`}
      link={({ flow }) => ({ to: '/flows/$name', params: { name: flow }, search: {} })}
    />
  );
}

function CountingMeters({ type }: { type: string }) {
  const query = useQuery(metersQuery);
  if (query.isPending) return <Waiting rows={4} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('meters')} onRetry={() => void query.refetch()} />;
  const meters = query.data.items.filter(({ events }) => events.includes(type));
  if (meters.length === 0)
    return <FirstUse title={t('No meter counts it')}>{t('A meter that counts events of this type is listed here.')}</FirstUse>;
  return (
    <DataTable
      label={t('Meters that count its events')}
      columns={[
        { id: 'meter', header: t('Meter'), cell: ({ name }) => name },
        { id: 'description', header: t('What it counts'), grow: true, cell: ({ description }) => description || '–' },
      ]}
      rows={meters}
      rowId={({ name }) => name}
      link={({ name }) => ({ to: '/usage/meters/$name', params: { name }, search: {} })}
    />
  );
}

function CanonicalVersions({ kind, name }: { kind: string; name: string }) {
  const query = useQuery(schemaVersionsQuery(kind, name));
  if (query.isPending) return <Waiting rows={4} />;
  if (!query.data) return <Failure error={query.error} what={t('versions of the schema')} onRetry={() => void query.refetch()} />;
  const versions = query.data.items.flatMap(({ version, name: of, compatibility }) =>
    version === null ? [] : [{ version, about: <code>{of}</code>, compatibility }],
  );
  return <VersionPanel versions={versions} />;
}
