import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { mappingQuery, samplesQuery, type Mapping } from '../../api/build.js';
import { useMemo, useState } from 'react';
import { t } from '../../language/index.js';
import { PageHead } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Studio } from './studio.js';
import { Versions } from './versions.js';

const route = getRouteApi('/app/mappings/$name');

export function Page() {
  const { name } = route.useParams();
  const { tab, sample } = route.useSearch();
  const isNew = tab === 'new';
  const query = useQuery({ ...mappingQuery(name), enabled: !isNew });
  const samples = useQuery({ ...samplesQuery(name), enabled: !isNew });
  // A link may lead to a record that is not among the newest.
  const missing = /^msg_/.test(sample ?? '') && samples.data?.items.every(({ messageId }) => messageId !== sample) === true;
  const wanted = useQuery({ ...samplesQuery(name, sample), enabled: !isNew && missing });
  if (isNew) {
    return (
      <>
        <PageHead
          title={name}
          name={name}
          above={
            <Link to="/mappings" search={{}} style={{ color: 'inherit' }}>
              {t('Mappings')}
            </Link>
          }
          lead={t('Not saved yet.')}
        />
        <NewStudio name={name} />
      </>
    );
  }
  if (query.isPending || samples.isPending || (missing && wanted.isPending))
    return (
      <>
        <PageHead title={name} name={name} />
        <Waiting rows={12} height={44} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={name} name={name} />
        <Failure error={query.error} what={t('mapping {{name}}', { name })} onRetry={() => void query.refetch()} />
      </>
    );
  return <MappingView mapping={query.data} samples={[...(missing ? (wanted.data?.items ?? []) : []), ...(samples.data?.items ?? [])]} />;
}

/** Not saved yet: nothing of it is recorded, so only the panel stands in the address. */
function NewStudio({ name }: { name: string }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  return (
    <Studio
      name={name}
      saved=""
      version={undefined}
      samples={noSamples}
      flows={noFlows}
      search={search}
      onSearch={(next) =>
        void navigate({ to: '/mappings/$name', params: { name }, search: { ...next, tab: 'new' }, replace: true, resetScroll: false })
      }
    />
  );
}

const noSamples: never[] = [];
const noFlows: never[] = [];

function MappingView({ mapping, samples }: { mapping: Mapping; samples: Parameters<typeof Studio>[0]['samples'] }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const tab = search.tab === 'versions' ? 'versions' : 'editor';
  /** Once it was shown it stays, with what somebody has written in it. */
  const [editorSeen, setEditorSeen] = useState(tab === 'editor');
  if (tab === 'editor' && !editorSeen) setEditorSeen(true);
  const flows = useMemo(() => mapping.usedBy.map(({ flow }) => flow), [mapping.usedBy]);
  return (
    <>
      <PageHead
        title={mapping.name}
        name={mapping.name}
        above={
          <>
            <Link to="/mappings" search={{}} style={{ color: 'inherit' }}>
              {t('Mappings')}
            </Link>{' '}
            · {t('version {{version}}', { version: mapping.version })}
          </>
        }
        lead={
          mapping.usedBy.length ? (
            <>
              {t('Used by')}{' '}
              {mapping.usedBy.map((use, index) => (
                <span key={use.flow}>
                  {index > 0 ? ', ' : ''}
                  <Link to="/flows/$name" params={{ name: use.flow }} search={{}} style={{ color: 'var(--mantine-color-anchor)' }}>
                    {use.flow}
                  </Link>{' '}
                  ({use.produce})
                </span>
              ))}
            </>
          ) : (
            t('No flow uses it yet.')
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(tab) =>
          void navigate({
            to: '/mappings/$name',
            params: { name: mapping.name },
            search: { ...search, tab: tab === 'editor' ? undefined : (tab ?? undefined) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="editor">{t('Editor')}</Tabs.Tab>
          <Tabs.Tab value="versions">{t('Versions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="editor" keepMounted={editorSeen}>
          <Studio
            key={mapping.name}
            name={mapping.name}
            saved={mapping.source}
            version={mapping.version}
            savedBy={mapping.versions.find(({ version }) => version === mapping.version)?.createdBy}
            samples={samples}
            flows={flows}
            search={search}
            onSearch={(next) =>
              void navigate({
                to: '/mappings/$name',
                params: { name: mapping.name },
                search: { ...search, ...next },
                replace: true,
                resetScroll: false,
              })
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions
            mapping={mapping}
            a={search.a}
            b={search.b}
            onChoose={(a, b) =>
              void navigate({
                to: '/mappings/$name',
                params: { name: mapping.name },
                search: { ...search, a, b },
                replace: true,
                resetScroll: false,
              })
            }
          />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
