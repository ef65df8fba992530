import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mappingQuery, type Mapping } from '../../api/build.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Diff } from '../../parts/diff.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

type Version = Mapping['versions'][number];

const columns: Column<Version>[] = [
  { id: 'note', header: 'Note', grow: true, cell: (version) => version.note ?? '–' },
  { id: 'version', header: 'Version', align: 'right', cell: (version) => version.version },
  { id: 'by', header: 'Saved by', room: 2, cell: (version) => version.createdBy },
  { id: 'hash', header: 'Hash', room: 2, cell: (version) => <code title={version.hash}>{version.hash.slice(0, 12)}</code> },
  { id: 'at', header: 'Saved', cell: (version) => <Ago at={version.createdAt} /> },
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
  const data = numbers.map((number) => ({ value: number, label: `Version ${number}` }));
  return (
    <>
      <DataTable label="Versions" columns={columns} rows={mapping.versions} rowId={(version) => String(version.version)} />
      {left === undefined || right === undefined ? (
        <Text size="sm" c="dimmed" mt="md">
          There is nothing to compare before the second version.
        </Text>
      ) : (
        <>
          <Group gap="sm" mt="lg" mb="sm">
            <Text size="sm">Compare</Text>
            <Select
              size="xs"
              w={130}
              aria-label="Earlier version"
              allowDeselect={false}
              data={data}
              value={left}
              onChange={(next) => onChoose(next ?? undefined, right)}
            />
            <Text size="sm">with</Text>
            <Select
              size="xs"
              w={130}
              aria-label="Later version"
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
              beforeLabel={`Version ${left}`}
              afterLabel={`Version ${right}`}
            />
          ) : before.isError || after.isError ? (
            <Failure
              error={before.error ?? after.error}
              what="a version"
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
