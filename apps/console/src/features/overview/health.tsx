import type { Overview, ServiceLevel } from '../../api/operate.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { promiseWords, ServiceLevelMark } from '../../parts/service-level.js';
import { SwitchMark } from '../../parts/states.js';
import { Ago, formatDuration } from '../../parts/time.js';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../../language/index.js';

type Flow = Overview['flows'][number];
type Ledger = Overview['postedByLedger'][number];

const flowColumns: Column<Flow>[] = [
  { id: 'flow', header: t('Flow'), grow: true, cell: (flow) => flow.name },
  { id: 'state', header: t('State'), cell: (flow) => <SwitchMark state={flow.state} /> },
  { id: 'posted', header: t('Posted'), align: 'right', cell: (flow) => formatCount(flow.posted) },
  { id: 'underway', header: t('Under way'), align: 'right', room: 2, cell: (flow) => formatCount(flow.underway) },
  {
    id: 'exceptions',
    header: t('Exceptions'),
    align: 'right',
    cell: (flow) => (flow.exceptions > 0 ? <b style={{ color: 'var(--wb-bad-text)' }}>{formatCount(flow.exceptions)}</b> : '0'),
  },
  {
    id: 'p95',
    header: t('95 % end within'),
    align: 'right',
    room: 2,
    cell: (flow) => (flow.p95Seconds === null ? '–' : formatDuration(flow.p95Seconds * 1000)),
  },
  { id: 'last', header: t('Newest message'), room: 2, cell: (flow) => <Ago at={flow.lastAt} /> },
];

/** Only where a flow promises something. */
const promiseColumns = (levels: ReadonlyMap<string, ServiceLevel>): Column<Flow>[] => {
  const of = <T,>({ name }: Flow, show: (level: ServiceLevel) => T): T | string => {
    const level = levels.get(name);
    return level ? show(level) : '–';
  };
  return [
    { id: 'promise', header: t('Promise'), room: 4, cell: (flow) => of(flow, promiseWords) },
    { id: 'kept', header: t('Promise kept'), cell: (flow) => of(flow, (level) => <ServiceLevelMark level={level} />) },
    { id: 'delayed', header: t('Delayed'), align: 'right', room: 3, cell: (flow) => of(flow, ({ delayed }) => formatCount(delayed.count)) },
  ];
};

export function FlowHealth({ flows, levels }: { flows: Flow[]; levels: readonly ServiceLevel[] }) {
  const columns = useMemo(
    () => (levels.length === 0 ? flowColumns : [...flowColumns, ...promiseColumns(new Map(levels.map((level) => [level.flow, level])))]),
    [levels],
  );
  return (
    <DataTable
      label={t('Flow health')}
      columns={columns}
      rows={flows}
      rowId={(flow) => flow.name}
      link={(flow) => ({ to: '/flows/$name', params: { name: flow.name } })}
    />
  );
}

const ledgerColumns: Column<Ledger>[] = [
  { id: 'ledger', header: t('Ledger'), grow: true, cell: (ledger) => ledger.ledger },
  { id: 'connection', header: t('Connection'), room: 2, cell: (ledger) => ledger.connection ?? '–' },
  { id: 'documents', header: t('Documents'), align: 'right', cell: (ledger) => formatCount(ledger.documents) },
  { id: 'amounts', header: t('Amount'), align: 'right', cell: (ledger) => <MoneyList amounts={ledger.amounts} /> },
  { id: 'last', header: t('Newest'), room: 2, cell: (ledger) => <Ago at={ledger.lastAt} /> },
];

export function Ledgers({ ledgers }: { ledgers: Ledger[] }) {
  if (ledgers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('Nothing was posted in this range.')}
      </Text>
    );
  return (
    <DataTable
      label={t('Posted by ledger')}
      columns={ledgerColumns}
      rows={ledgers}
      rowId={(ledger) => `${ledger.ledger} ${ledger.connection}`}
    />
  );
}
