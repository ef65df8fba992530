import { IconGauge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCan } from '../../api/session.js';
import { metersQuery, type Meter } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { LinkButton } from '../../parts/links.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

const columns: Column<Meter>[] = [
  { id: 'meter', header: t('Meter'), grow: true, cell: (meter) => meter.name },
  { id: 'description', header: t('What it counts'), room: 2, cell: (meter) => meter.description || '–' },
  { id: 'aggregate', header: t('How'), cell: (meter) => meter.aggregate },
  { id: 'unit', header: t('Unit'), room: 2, cell: (meter) => meter.unit ?? '–' },
  { id: 'version', header: t('Version'), align: 'right', cell: (meter) => meter.version },
  { id: 'behind', header: t('State'), cell: (meter) => (meter.behind > 0 ? t('Counts past usage') : t('Up to date')) },
  { id: 'by', header: t('Saved by'), room: 3, cell: (meter) => meter.createdBy },
  { id: 'at', header: t('Saved'), room: 2, cell: (meter) => <Ago at={meter.createdAt} /> },
];

export function Meters() {
  const can = useCan();
  const query = useQuery(metersQuery);
  const make = can('meter.write') ? (
    <LinkButton to="/usage/meters/$name" params={{ name: 'new-meter' }} search={{ tab: 'new' }}>
      {t('New meter')}
    </LinkButton>
  ) : null;
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('meters')} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return (
      <FirstUse icon={IconGauge} title={t('No meters yet')} action={make}>
        {t('A meter says which events count, what of them is summed up, and by which period it is billed. Past events are counted too.')}
      </FirstUse>
    );
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'flex-end', marginBottom: 12 }}>{make}</div>
      <DataTable
        label={t('Meters')}
        columns={columns}
        rows={query.data.items}
        rowId={(meter) => meter.name}
        link={(meter) => ({ to: '/usage/meters/$name', params: { name: meter.name }, search: {} })}
      />
    </>
  );
}
