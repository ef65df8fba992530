import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBraces } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mappingsQuery, type MappingItem } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

const route = getRouteApi('/app/mappings');

const columns: Column<MappingItem>[] = [
  { id: 'name', header: 'Mapping', grow: true, cell: (mapping) => mapping.name },
  { id: 'version', header: 'Version', align: 'right', cell: (mapping) => mapping.version },
  { id: 'used', header: 'Used by', room: 2, cell: (mapping) => mapping.usedBy.join(', ') || '–' },
  { id: 'by', header: 'Saved by', room: 3, cell: (mapping) => mapping.updatedBy },
  { id: 'at', header: 'Saved', cell: (mapping) => <Ago at={mapping.updatedAt} /> },
];

export function Page() {
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const query = useQuery(mappingsQuery);
  const [naming, naming_] = useDisclosure(false);
  const [name, setName] = useState('');
  const all = query.data?.items ?? [];
  const rows = q ? all.filter((mapping) => mapping.name.includes(q.toLowerCase())) : all;
  const add = can('mapping.write') ? <Button onClick={naming_.open}>New mapping</Button> : null;
  const wellNamed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && !all.some((mapping) => mapping.name === name);
  return (
    <>
      <PageHead
        title="Mappings"
        name="Mappings"
        lead="A mapping is one JSONata expression that translates a document."
        actions={all.length > 0 ? add : null}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="mappings" onRetry={() => void query.refetch()} /> : null}
      {query.data && all.length === 0 ? (
        <FirstUse icon={IconBraces} title="No mappings yet" action={add}>
          A pack of flows brings its own; or write one here against a sample and see the output as you type.
        </FirstUse>
      ) : null}
      {all.length > 0 ? (
        <FilterBar>
          <FilterText
            label="Find mappings"
            placeholder="Name"
            value={q}
            onChange={(next) => void navigate({ to: '/mappings', search: { q: next } })}
          />
        </FilterBar>
      ) : null}
      {all.length > 0 && rows.length === 0 ? (
        <FilteredEmpty what="mappings" filters={[`text “${q}”`]} onClear={() => void navigate({ to: '/mappings', search: {} })} />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Mappings"
          columns={columns}
          rows={rows}
          rowId={(mapping) => mapping.name}
          link={(mapping) => ({ to: '/mappings/$name', params: { name: mapping.name }, search: {} })}
        />
      ) : null}
      <Modal opened={naming} onClose={naming_.close} title="New mapping" centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wellNamed) void navigate({ to: '/mappings/$name', params: { name }, search: { tab: 'new' } });
          }}
        >
          <Stack>
            <TextInput
              label="Name"
              description="Small letters, digits and single hyphens"
              withAsterisk
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={all.some((mapping) => mapping.name === name) ? 'There is a mapping of that name' : undefined}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={naming_.close}>
                Cancel
              </Button>
              <Button type="submit" disabled={!wellNamed}>
                Write it
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
