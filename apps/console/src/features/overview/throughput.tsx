import { Button, Group, Table } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Overview } from '../../api/operate.js';
import { rich, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { axisLabel, niceTop } from '../../parts/scale.js';
import { At, formatInstant } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import classes from './overview.module.css';

type Bucket = Overview['throughput'][number];
const series = [
  { key: 'received', word: t('Received'), token: '--wb-chart-a' },
  { key: 'posted', word: t('Posted'), token: '--wb-chart-b' },
  { key: 'exceptions', word: t('Exceptions'), token: '--wb-chart-c' },
] as const;
const height = 150;
const width = 960;

/** Received, posted and exceptions over the range, with marks where something was released or changed. A bar leads to its messages. */
export function Throughput({
  buckets,
  changes,
  asTable,
  onAsTable,
}: {
  buckets: Bucket[];
  changes: Overview['changes'];
  asTable: boolean;
  onAsTable: (asTable: boolean) => void;
}) {
  return (
    <>
      <Group justify="space-between" mb={6}>
        <Group gap="md" aria-hidden>
          {series.map(({ key, word, token }) => (
            <span key={key} className={classes.legend}>
              <i style={{ background: `var(${token})` }} data-shape={key} />
              {word}
            </span>
          ))}
          {changes.length > 0 ? (
            <span className={classes.legend}>{rich('{{mark}} Change', { mark: <i data-shape="change" /> })}</span>
          ) : null}
        </Group>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onAsTable(!asTable)}>
          {asTable ? t('View as chart') : t('View as table')}
        </Button>
      </Group>
      {asTable ? <BucketTable buckets={buckets} /> : <Chart buckets={buckets} changes={changes} />}
    </>
  );
}

function Chart({ buckets, changes }: { buckets: Bucket[]; changes: Overview['changes'] }) {
  const { zone } = useZone();
  const navigate = useNavigate();
  const [at, setAt] = useState<number>();
  if (buckets.length === 0) return null;
  const most = Math.max(1, ...buckets.flatMap((b) => [b.received, b.posted, b.exceptions]));
  const top = niceTop(most);
  const step = width / buckets.length;
  const bar = Math.max(1.5, Math.min(14, step / 3 - 1));
  const y = (value: number) => height - (value / top) * height;
  const first = Date.parse(buckets[0]!.at);
  const size = buckets.length > 1 ? Date.parse(buckets[1]!.at) - first : 3_600_000;
  const x = (instant: string) => ((Date.parse(instant) - first) / size) * step;
  const total = (key: 'received' | 'posted' | 'exceptions') => buckets.reduce((sum, b) => sum + b[key], 0);
  const focus = at === undefined ? undefined : buckets[at];
  const every = Math.max(1, Math.round(buckets.length / 6));
  return (
    <div className={classes.chart} onPointerLeave={() => setAt(undefined)}>
      <svg
        viewBox={`-34 -12 ${width + 44} ${height + 34}`}
        role="img"
        aria-label={t('Received {{total}}, posted {{total2}}, exceptions {{total3}}; the same numbers are in the table view', {
          total: total('received'),
          total2: total('posted'),
          total3: total('exceptions'),
        })}
      >
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line x1={0} x2={width} y1={y(value)} y2={y(value)} stroke="var(--wb-line)" />
            <text x={-8} y={y(value) + 4} textAnchor="end" className={classes.axis}>
              {formatCount(value)}
            </text>
          </g>
        ))}
        {changes.map((change, index) => {
          const left = x(change.at);
          return left >= 0 && left <= width ? (
            <path key={index} d={`M${left} -2 l-5 -8 h10 z M${left - 0.5} -2 h1 V${height} h-1 z`} className={classes.change} />
          ) : null;
        })}
        {buckets.map((bucket, index) => (
          <g key={bucket.at}>
            {series.map(({ key, token }, place) => (
              <rect
                key={key}
                x={index * step + (step - bar * 3 - 2) / 2 + place * (bar + 1)}
                width={bar}
                y={y(bucket[key])}
                height={Math.max(0, height - y(bucket[key]))}
                rx={Math.min(2, bar / 2)}
                fill={`var(${token})`}
              />
            ))}
            <rect
              x={index * step}
              width={step}
              y={-6}
              height={height + 6}
              className={classes.hit}
              data-on={index === at || undefined}
              onPointerEnter={() => setAt(index)}
              onClick={() =>
                void navigate({ to: '/messages', search: { from: bucket.at, to: new Date(Date.parse(bucket.at) + size).toISOString() } })
              }
            />
            {index % every === 0 ? (
              <text x={index * step + step / 2} y={height + 17} textAnchor="middle" className={classes.axis}>
                {axisLabel(bucket.at, zone, size)}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      {focus && at !== undefined ? (
        <div
          className={classes.tip}
          style={{ left: `${((at + 0.5) / buckets.length) * 92 + 4}%` }}
          data-side={at > buckets.length / 2 ? 'left' : 'right'}
        >
          <b>{formatInstant(focus.at, zone, { seconds: false })}</b>
          {series.map(({ key, word }) => (
            <span key={key}>
              {word} <b>{formatCount(focus[key])}</b>
            </span>
          ))}
          {changes
            .filter((change) => Date.parse(change.at) >= Date.parse(focus.at) && Date.parse(change.at) < Date.parse(focus.at) + size)
            .slice(0, 4)
            .map((change, index) => (
              <span key={index}>{change.summary}</span>
            ))}
        </div>
      ) : null}
    </div>
  );
}

function BucketTable({ buckets }: { buckets: Bucket[] }) {
  return (
    <Table.ScrollContainer minWidth={300} maxHeight={260}>
      <Table stickyHeader verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('From')}</Table.Th>
            {series.map(({ key, word }) => (
              <Table.Th key={key} scope="col" ta="right">
                {word}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {buckets.map((bucket) => (
            <Table.Tr key={bucket.at}>
              <Table.Td>
                <At at={bucket.at} seconds={false} />
              </Table.Td>
              {series.map(({ key }) => (
                <Table.Td key={key} ta="right" className={classes.number}>
                  {formatCount(bucket[key])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
