import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { valueQuery, type MonthValue } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { locale, t } from '../../language/index.js';
import { monthWord } from '../../parts/control-run.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { TextLink } from '../../parts/links.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { Section } from '../../parts/page.js';
import { formatPercent } from '../../parts/service-level.js';
import { Failure, Waiting } from '../../parts/situations.js';

const hours = (value: number | null): string =>
  value === null ? '–' : `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value)} h`;

const columns: Column<MonthValue>[] = [
  { id: 'month', header: t('Month'), grow: true, cell: ({ month }) => monthWord(month) },
  { id: 'posted', header: t('Posted'), align: 'right', cell: ({ posted }) => formatCount(posted) },
  {
    id: 'untouched',
    header: t('Nobody had to touch'),
    align: 'right',
    cell: ({ untouchedShare }) => (untouchedShare === null ? '–' : formatPercent(untouchedShare)),
  },
  { id: 'stopped', header: t('Stopped'), align: 'right', room: 2, cell: ({ stopped }) => formatCount(stopped) },
  { id: 'hours', header: t('Hours stopped'), align: 'right', room: 2, cell: ({ stoppedHours }) => hours(stoppedHours) },
  { id: 'median', header: t('Half are solved within'), align: 'right', room: 3, cell: ({ medianHours }) => hours(medianHours) },
];

const controlColumns: Column<MonthValue>[] = [
  {
    id: 'found',
    header: t('Found by controls'),
    align: 'right',
    cell: ({ found }) =>
      found && found.gaps > 0 ? (
        <span>
          {t('{{gaps}} gaps, {{settled}} settled', { gaps: formatCount(found.gaps), settled: formatCount(found.settled) })}
          <br />
          <MoneyList amounts={found.amounts} empty="" />
        </span>
      ) : (
        '–'
      ),
  },
  {
    id: 'close',
    header: t('Days to close'),
    align: 'right',
    room: 2,
    cell: ({ daysToClose }) => (daysToClose === null ? t('Open') : formatCount(daysToClose)),
  },
];

/** What the last months were worth. */
export function Value() {
  const can = useCan();
  const seesControls = can('control.read');
  const query = useQuery(valueQuery(3));
  const shown = useMemo(() => (seesControls ? [...columns, ...controlColumns] : columns), [seesControls]);
  const worked = (query.data?.items ?? []).filter(({ posted, stopped, found }) => posted + stopped + (found?.gaps ?? 0) > 0);
  return (
    <Section
      title={t('By month')}
      aside={
        seesControls ? (
          <TextLink to="/recon" search={{}} size="sm">
            {t('Reconciliation')}
          </TextLink>
        ) : null
      }
    >
      {query.isPending ? <Waiting rows={3} height={34} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the months')} onRetry={() => void query.refetch()} /> : null}
      {query.data && worked.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('Nothing was posted in these months.')}
        </Text>
      ) : null}
      {worked.length > 0 ? (
        <Text size="xs" c="dimmed" mb={8} maw="110ch">
          {t(
            'Posted are documents that reached their ledger; nobody had to touch those that never stopped and needed no approval. Stopped are exceptions that were opened in the month, with the hours until they ended or until now.',
          )}{' '}
          {seesControls
            ? t(
                'What controls found stands in the month in which one first saw it; a month is closed when all its controls are signed off.',
              )
            : ''}
        </Text>
      ) : null}
      {worked.length > 0 ? <DataTable label={t('By month')} columns={shown} rows={worked} rowId={({ month }) => month} /> : null}
    </Section>
  );
}
