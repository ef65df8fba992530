import { IconGauge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCan } from '../../api/session.js';
import { metersQuery, type Meter } from '../../api/usage.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { LinkButton } from '../../parts/links.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

const columns: Column<Meter>[] = [
  { id: 'meter', header: 'Meter', grow: true, cell: (meter) => meter.name },
  { id: 'description', header: 'What it counts', room: 2, cell: (meter) => meter.description || '–' },
  { id: 'aggregate', header: 'How', cell: (meter) => meter.aggregate },
  { id: 'unit', header: 'Unit', room: 2, cell: (meter) => meter.unit ?? '–' },
  { id: 'version', header: 'Version', align: 'right', cell: (meter) => meter.version },
  { id: 'behind', header: 'State', cell: (meter) => (meter.behind > 0 ? 'Counts past usage' : 'Up to date') },
  { id: 'by', header: 'Saved by', room: 3, cell: (meter) => meter.createdBy },
  { id: 'at', header: 'Saved', room: 2, cell: (meter) => <Ago at={meter.createdAt} /> },
];

export function Meters() {
  const can = useCan();
  const query = useQuery(metersQuery);
  const make = can('meter.write') ? (
    <LinkButton to="/usage/meters/$name" params={{ name: 'new-meter' }} search={{ tab: 'new' }}>
      New meter
    </LinkButton>
  ) : null;
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what="meters" onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return (
      <FirstUse icon={IconGauge} title="No meters yet" action={make}>
        A meter says which events count, what of them is summed up, and by which period it is billed. Past events are counted too.
      </FirstUse>
    );
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'flex-end', marginBottom: 12 }}>{make}</div>
      <DataTable
        label="Meters"
        columns={columns}
        rows={query.data.items}
        rowId={(meter) => meter.name}
        link={(meter) => ({ to: '/usage/meters/$name', params: { name: meter.name }, search: {} })}
      />
    </>
  );
}
