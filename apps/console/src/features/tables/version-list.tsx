import { Drawer, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { tableVersionQuery, tableVersionsQuery, type Table, type TableVersion } from '../../api/build.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { Facts } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { ChangeList } from '../../parts/table-draft/change-list.js';
import { Ago, At } from '../../parts/time.js';

const columns: Column<TableVersion>[] = [
  {
    id: 'version',
    header: t('Version'),
    grow: true,
    cell: (version) => (
      <>
        {version.version}{' '}
        <Text span size="xs" c="dimmed" ml={6}>
          {version.reason}
        </Text>
      </>
    ),
  },
  { id: 'by', header: t('Written by'), cell: (version) => version.by },
  { id: 'approved', header: t('Approved by'), room: 2, cell: (version) => version.approvedBy ?? '–' },
  { id: 'begun', header: t('Rows begun'), align: 'right', room: 2, cell: (version) => formatCount(version.begun) },
  { id: 'retired', header: t('Rows ended'), align: 'right', room: 3, cell: (version) => formatCount(version.retired) },
  { id: 'at', header: t('When'), room: 2, cell: (version) => <Ago at={version.at} /> },
];

/** Every version with who, when and why; one of them with its rows. */
export function VersionList({ table, open }: { table: Table; open: string | undefined }) {
  const navigate = useNavigate();
  const query = useInfiniteQuery(tableVersionsQuery(table.name));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const show = (version: number | undefined) =>
    void navigate({
      to: '/tables/$name',
      params: { name: table.name },
      search: { tab: 'history', version: version === undefined ? undefined : String(version) },
    });
  const shown = open !== undefined && /^[1-9]\d{0,8}$/.test(open) ? Number(open) : undefined;
  return (
    <>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('versions')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('No version is known of this table yet.')}
        </Text>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Versions of {{title}}', { title: table.title })}
          columns={columns}
          rows={rows}
          rowId={(version) => String(version.version)}
          onOpen={(version) => show(version.version)}
          onPeek={(version) => show(version.version)}
          openId={open}
          more={moreOf(query)}
        />
      ) : null}
      <Drawer
        opened={shown !== undefined}
        onClose={() => show(undefined)}
        position="right"
        size={720}
        title={t('Version {{shown}}', { shown: shown ?? '' })}
      >
        {shown !== undefined ? <Version table={table} version={shown} /> : null}
      </Drawer>
    </>
  );
}

function Version({ table, version }: { table: Table; version: number }) {
  const query = useQuery(tableVersionQuery(table.name, version));
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data) return <Failure error={query.error} what={t('version {{version}}', { version })} onRetry={() => void query.refetch()} />;
  const { data } = query;
  return (
    <Stack gap="lg">
      <Facts
        items={[
          [t('Reason'), data.reason],
          [t('Written by'), data.by],
          [t('Approved by'), data.approvedBy],
          [t('When'), <At at={data.at} />],
        ]}
      />
      {data.entries.length > 0 ? (
        <ChangeList label={t('Rows of version {{version}}', { version })} changes={data.entries} columns={table.key} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('No row begins or ends with this version.')}
        </Text>
      )}
      {data.more ? (
        <Text size="sm" c="dimmed">
          {t('The first 1,000 rows.')}
        </Text>
      ) : null}
      {data.draftId ? (
        <div>
          <LinkButton variant="default" to="/tables/$name/drafts/$id" params={{ name: table.name, id: data.draftId }}>
            {t('Open the draft')}
          </LinkButton>
        </div>
      ) : null}
    </Stack>
  );
}
