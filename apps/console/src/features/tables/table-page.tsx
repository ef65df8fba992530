import { Button, Checkbox, Drawer, Group, Modal, Tabs, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTable } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { tableFileAddress, tableQuery, tableRowsQuery, type Table, type TableRow } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { PageHead } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { RowForm } from '../../parts/row-form.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { ApprovalPolicy } from './approval-policy.js';
import { DraftList } from './draft-list.js';
import { ImportCsv } from './import-csv.js';
import { RowDetail } from './row-detail.js';
import { useBeginDraft } from './use-begin-draft.js';
import { VersionList } from './version-list.js';

const route = getRouteApi('/app/tables/$name');

export function Page() {
  const { name } = route.useParams();
  const query = useQuery(tableQuery(name));
  if (query.isPending)
    return (
      <>
        <PageHead title={name} name={name} />
        <Waiting rows={8} height={41} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={name} name={name} />
        <Failure error={query.error} what={t('table {{name}}', { name })} onRetry={() => void query.refetch()} />
      </>
    );
  return <TableView table={query.data} />;
}

const tabs = ['rows', 'drafts', 'history'] as const;

function TableView({ table }: { table: Table }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const [adding, add] = useDisclosure(false);
  const [importing, importCsv] = useDisclosure(false);
  const begin = useBeginDraft(table.name);
  const tab = tabs.find((known) => known === search.tab) ?? 'rows';
  const write = can('table.write');
  return (
    <>
      <PageHead
        title={table.title}
        name={table.title}
        above={
          <>
            <Link to="/tables" search={{}} style={{ color: 'inherit' }}>
              {t('Tables')}
            </Link>{' '}
            · {table.name} · {t('version {{version}}', { version: table.version })}
          </>
        }
        lead={
          <>
            {table.description.replace(/\.$/, '')}
            {table.description ? '. ' : ''}
            <ApprovalPolicy table={table} />
            {table.usedBy.length > 0 ? (
              <>
                {' '}
                {t('Used by')}{' '}
                {table.usedBy.map((flow, index) => (
                  <span key={flow}>
                    {index > 0 ? ', ' : ''}
                    <Link to="/flows/$name" params={{ name: flow }} search={{}} style={{ color: 'var(--mantine-color-anchor)' }}>
                      {flow}
                    </Link>
                  </span>
                ))}
                .
              </>
            ) : null}
          </>
        }
        actions={
          <>
            <Button variant="default" component="a" href={tableFileAddress(table.name, search.asOf)} download>
              {t('Export CSV')}
            </Button>
            {write ? (
              <>
                <Button variant="default" onClick={importCsv.open}>
                  {t('Import CSV…')}
                </Button>
                <Button onClick={add.open}>{t('Add row…')}</Button>
              </>
            ) : null}
          </>
        }
      />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/tables/$name',
            params: { name: table.name },
            search: { tab: next === 'rows' ? undefined : (next ?? undefined) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="rows">{t('Rows')}</Tabs.Tab>
          <Tabs.Tab value="drafts">{table.liveDrafts > 0 ? t('Drafts ({{count}})', { count: table.liveDrafts }) : t('Drafts')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('History')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows">
          <Rows table={table} onAdd={write ? add.open : undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="drafts">
          <DraftList table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <VersionList table={table} open={search.version} />
        </Tabs.Panel>
      </Tabs>
      <Modal opened={adding} onClose={add.close} title={t('Add a row to {{title}}', { title: table.title })}>
        {adding ? (
          <RowForm
            table={table}
            start={{}}
            verb={t('Draft the row')}
            pending={begin.isPending}
            error={begin.error}
            onSubmit={(row) => begin.mutate({ put: [row] })}
            onCancel={add.close}
          />
        ) : null}
      </Modal>
      <Modal opened={importing} onClose={importCsv.close} title={t('Import CSV into {{title}}', { title: table.title })} size="lg">
        {importing ? <ImportCsv table={table} onClose={importCsv.close} /> : null}
      </Modal>
    </>
  );
}

function Rows({ table, onAdd }: { table: Table; onAdd: (() => void) | undefined }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [row, setRow] = useState<TableRow>();
  const history = search.history === 'true';
  const query = useInfiniteQuery({
    ...tableRowsQuery(table.name, { q: search.q, asOf: history ? undefined : search.asOf, history: history || undefined }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const columns = useMemo(() => columnsOf(table, history), [table, history]);
  const set = (next: Partial<typeof search>) =>
    void navigate({ to: '/tables/$name', params: { name: table.name }, search: { ...search, ...next } });
  const clear = () => void navigate({ to: '/tables/$name', params: { name: table.name }, search: {} });
  const filters = [
    search.q ? t('text “{{q}}”', { q: search.q }) : undefined,
    search.asOf && !history ? t('the day {{asOf}}', { asOf: search.asOf }) : undefined,
  ].filter((word) => word !== undefined);
  return (
    <>
      <FilterBar onClear={filters.length ? clear : undefined}>
        <FilterText label={t('Find rows')} placeholder={t('Key or value')} value={search.q} onChange={(q) => set({ q })} />
        <Group gap={6} wrap="nowrap">
          <Text size="sm" component="label" htmlFor="as-of">
            {t('Valid on')}
          </Text>
          <TextInput
            id="as-of"
            type="date"
            size="xs"
            disabled={history}
            value={search.asOf ?? ''}
            onChange={(event) => set({ asOf: event.currentTarget.value || undefined })}
          />
        </Group>
        <Checkbox
          size="sm"
          label={t('With ended rows')}
          checked={history}
          onChange={(event) => set({ history: event.currentTarget.checked ? 'true' : undefined })}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={8} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('rows')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? <FilteredEmpty what={t('rows')} filters={filters} onClear={clear} /> : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse
          icon={IconTable}
          title={t('No rows valid today')}
          action={onAdd ? <Button onClick={onAdd}>{t('Add row…')}</Button> : null}
        >
          {t('Add rows one by one, or import a CSV file with the columns {{columns}}.', {
            columns: [...table.key, ...table.columns.map((column) => column.name), 'validFrom', 'validTo'].join(', '),
          })}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Rows of {{title}}', { title: table.title })}
          columns={columns}
          rows={rows}
          rowId={(item) => item.id}
          onOpen={setRow}
          onPeek={setRow}
          openId={row?.id}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
      <Drawer
        opened={row !== undefined}
        onClose={() => setRow(undefined)}
        position="right"
        size="lg"
        title={row ? table.key.map((column) => row.key[column]).join(' · ') : t('Row')}
      >
        {row ? <RowDetail key={row.id} table={table} row={row} /> : null}
      </Drawer>
    </>
  );
}

function columnsOf(table: Table, history: boolean): Column<TableRow>[] {
  const day = (value: string | null, open: string) => value ?? open;
  return [
    { id: 'key', header: table.key.join(' · '), grow: true, cell: (row) => table.key.map((column) => row.key[column]).join(' · ') },
    ...table.columns.map((column): Column<TableRow> => ({
      id: column.name,
      header: column.name,
      align: column.type === 'decimal' ? 'right' : undefined,
      cell: (row) => row.values[column.name] ?? '–',
    })),
    { id: 'validFrom', header: t('Valid from'), cell: (row) => day(row.validFrom, 'ever') },
    { id: 'validTo', header: t('Valid to'), cell: (row) => day(row.validTo, 'open') },
    { id: 'by', header: t('Written by'), room: 3, hidden: !history, cell: (row) => row.createdBy },
    { id: 'at', header: t('Written'), room: 3, cell: (row) => <Ago at={row.createdAt} /> },
  ];
}
