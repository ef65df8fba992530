import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBraces } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mappingsQuery, type MappingItem } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

const route = getRouteApi('/app/mappings');

const columns: Column<MappingItem>[] = [
  { id: 'name', header: t('Mapping'), grow: true, cell: (mapping) => mapping.name },
  { id: 'version', header: t('Version'), align: 'right', cell: (mapping) => mapping.version },
  { id: 'used', header: t('Used by'), room: 2, cell: (mapping) => mapping.usedBy.join(', ') || '–' },
  { id: 'by', header: t('Saved by'), room: 3, cell: (mapping) => mapping.updatedBy },
  { id: 'at', header: t('Saved'), cell: (mapping) => <Ago at={mapping.updatedAt} /> },
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
  const add = can('mapping.write') ? <Button onClick={naming_.open}>{t('New mapping')}</Button> : null;
  const wellNamed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && !all.some((mapping) => mapping.name === name);
  return (
    <>
      <PageHead
        title={t('Mappings')}
        name={t('Mappings')}
        lead={t('A mapping is one JSONata expression that translates a document.')}
        actions={all.length > 0 ? add : null}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('mappings')} onRetry={() => void query.refetch()} /> : null}
      {query.data && all.length === 0 ? (
        <FirstUse icon={IconBraces} title={t('No mappings yet')} action={add}>
          {t('A pack of flows brings its own; or write one here against a sample and see the output as you type.')}
        </FirstUse>
      ) : null}
      {all.length > 0 ? (
        <FilterBar>
          <FilterText
            label={t('Find mappings')}
            placeholder={t('Name')}
            value={q}
            onChange={(next) => void navigate({ to: '/mappings', search: { q: next } })}
          />
        </FilterBar>
      ) : null}
      {all.length > 0 && rows.length === 0 ? (
        <FilteredEmpty
          what={t('mappings')}
          filters={[t('text “{{q}}”', { q })]}
          onClear={() => void navigate({ to: '/mappings', search: {} })}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Mappings')}
          columns={columns}
          rows={rows}
          rowId={(mapping) => mapping.name}
          link={(mapping) => ({ to: '/mappings/$name', params: { name: mapping.name }, search: {} })}
        />
      ) : null}
      <Modal opened={naming} onClose={naming_.close} title={t('New mapping')} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wellNamed) void navigate({ to: '/mappings/$name', params: { name }, search: { tab: 'new' } });
          }}
        >
          <Stack>
            <TextInput
              label={t('Name')}
              description={t('Small letters, digits and single hyphens')}
              withAsterisk
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={all.some((mapping) => mapping.name === name) ? t('There is a mapping of that name') : undefined}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={naming_.close}>
                {t('Cancel')}
              </Button>
              <Button type="submit" disabled={!wellNamed}>
                {t('Write it')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
