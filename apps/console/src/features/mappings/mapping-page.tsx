import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { mappingQuery, samplesQuery, type Mapping } from '../../api/build.js';
import { PageHead } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Studio } from './studio.js';
import { Versions } from './versions.js';

const route = getRouteApi('/app/mappings/$name');

export function Page() {
  const { name } = route.useParams();
  const { tab } = route.useSearch();
  const isNew = tab === 'new';
  const query = useQuery({ ...mappingQuery(name), enabled: !isNew });
  const samples = useQuery({ ...samplesQuery(name), enabled: !isNew });
  if (isNew) {
    return (
      <>
        <PageHead
          title={name}
          name={name}
          above={
            <Link to="/mappings" search={{}} style={{ color: 'inherit' }}>
              Mappings
            </Link>
          }
          lead="Not saved yet."
        />
        <Studio name={name} saved="" version={undefined} samples={[]} flow={undefined} />
      </>
    );
  }
  if (query.isPending || samples.isPending)
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
        <Failure error={query.error} what={`mapping ${name}`} onRetry={() => void query.refetch()} />
      </>
    );
  return <MappingView mapping={query.data} samples={samples.data?.items ?? []} />;
}

function MappingView({ mapping, samples }: { mapping: Mapping; samples: Parameters<typeof Studio>[0]['samples'] }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        title={mapping.name}
        name={mapping.name}
        above={
          <>
            <Link to="/mappings" search={{}} style={{ color: 'inherit' }}>
              Mappings
            </Link>{' '}
            · version {mapping.version}
          </>
        }
        lead={
          mapping.usedBy.length ? (
            <>
              Used by{' '}
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
            'No flow uses it yet.'
          )
        }
      />
      <Tabs
        value={search.tab === 'versions' ? 'versions' : 'editor'}
        onChange={(tab) =>
          void navigate({
            to: '/mappings/$name',
            params: { name: mapping.name },
            search: { sample: search.sample, tab: tab === 'editor' ? undefined : (tab ?? undefined) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="editor">Editor</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="editor">
          <Studio
            key={mapping.version}
            name={mapping.name}
            saved={mapping.source}
            version={mapping.version}
            samples={samples}
            flow={mapping.usedBy[0]?.flow}
            wanted={search.sample}
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
