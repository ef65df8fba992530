import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mappingQuery, type Mapping } from '../../api/build.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Diff } from '../../parts/diff.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

type Version = Mapping['versions'][number];

const columns: Column<Version>[] = [
  { id: 'note', header: t('Note'), grow: true, cell: (version) => version.note ?? '–' },
  { id: 'version', header: t('Version'), align: 'right', cell: (version) => version.version },
  { id: 'by', header: t('Saved by'), room: 2, cell: (version) => version.createdBy },
  { id: 'hash', header: t('Hash'), room: 2, cell: (version) => <code title={version.hash}>{version.hash.slice(0, 12)}</code> },
  { id: 'at', header: t('Saved'), cell: (version) => <Ago at={version.createdAt} /> },
];

/** Every version; any two side by side. */
export function Versions({
  mapping,
  a,
  b,
  onChoose,
}: {
  mapping: Mapping;
  a: string | undefined;
  b: string | undefined;
  onChoose: (a: string | undefined, b: string | undefined) => void;
}) {
  const numbers = mapping.versions.map((version) => String(version.version)).sort((x, y) => Number(y) - Number(x));
  const right = numbers.find((number) => number === b) ?? numbers[0];
  const left = numbers.find((number) => number === a) ?? numbers[1];
  const before = useQuery({ ...mappingQuery(mapping.name, Number(left)), enabled: left !== undefined });
  const after = useQuery({ ...mappingQuery(mapping.name, Number(right)), enabled: right !== undefined });
  const data = numbers.map((number) => ({ value: number, label: t('Version {{number}}', { number }) }));
  return (
    <>
      <DataTable label={t('Versions')} columns={columns} rows={mapping.versions} rowId={(version) => String(version.version)} />
      {left === undefined || right === undefined ? (
        <Text size="sm" c="dimmed" mt="md">
          {t('There is nothing to compare before the second version.')}
        </Text>
      ) : (
        <>
          <Group gap="sm" mt="lg" mb="sm">
            <Text size="sm">{t('Compare')}</Text>
            <Select
              size="xs"
              w={130}
              aria-label={t('Earlier version')}
              allowDeselect={false}
              data={data}
              value={left}
              onChange={(next) => onChoose(next ?? undefined, right)}
            />
            <Text size="sm">{t('with')}</Text>
            <Select
              size="xs"
              w={130}
              aria-label={t('Later version')}
              allowDeselect={false}
              data={data}
              value={right}
              onChange={(next) => onChoose(left, next ?? undefined)}
            />
          </Group>
          {before.data && after.data ? (
            <Diff
              language="jsonata"
              before={before.data.source}
              after={after.data.source}
              beforeLabel={t('Version {{left}}', { left })}
              afterLabel={t('Version {{right}}', { right })}
            />
          ) : before.isError || after.isError ? (
            <Failure
              error={before.error ?? after.error}
              what={t('a version')}
              onRetry={() => {
                void before.refetch();
                void after.refetch();
              }}
            />
          ) : (
            <Waiting rows={8} />
          )}
        </>
      )}
    </>
  );
}
