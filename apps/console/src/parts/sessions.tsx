import { Button } from '@mantine/core';
import { IconDeviceLaptop, IconLogin2 } from '@tabler/icons-react';
import type { Session } from '../api/session.js';
import { t, tIn } from '../language/index.js';
import { StateMark } from './badge.js';
import { DataTable, type Column, type DataTableProps } from './data-table.js';
import { Ago, At } from './time.js';

/** What a browser calls itself is long and full of other browsers' names; people know theirs by two words. */
export function deviceWords(device: string | null): string {
  if (!device) return t('Not said');
  const browser =
    [
      ['Firefox', /Firefox\//],
      ['Edge', /Edg\//],
      ['Opera', /OPR\//],
      ['Chrome', /Chrom(e|ium)\//],
      ['Safari', /Safari\//],
    ].find(([, pattern]) => (pattern as RegExp).test(device))?.[0] ?? device.split(/[\s/]/)[0]!;
  const system = [
    ['Android', /Android/],
    ['iPhone', /iPhone|iPad/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux/],
  ].find(([, pattern]) => (pattern as RegExp).test(device))?.[0];
  return system ? t('{{browser}} on {{system}}', { browser: String(browser), system: String(system) }) : String(browser);
}

/** Sessions, with the button that ends one. `whose`: also show the person. */
export function Sessions({
  rows,
  whose,
  onEnd,
  label,
  more,
  stale,
}: {
  rows: Session[];
  whose?: boolean;
  onEnd?: (session: Session) => void;
} & Pick<DataTableProps<Session>, 'label' | 'more' | 'stale'>) {
  const columns: Column<Session>[] = [
    ...(whose ? [{ id: 'user', header: t('Person'), grow: true, cell: (session: Session) => session.user }] : []),
    {
      id: 'device',
      header: t('Device'),
      grow: !whose,
      cell: (session) => <span title={session.device ?? undefined}>{deviceWords(session.device)}</span>,
    },
    { id: 'address', header: t('From'), room: 2, cell: (session) => session.address ?? '–' },
    {
      id: 'method',
      header: tIn('method', 'By'),
      room: 3,
      cell: (session) => (session.method === 'provider' ? t('Single sign-on') : t('Password')),
    },
    { id: 'started', header: t('Signed in'), room: 3, cell: (session) => <Ago at={session.startedAt} /> },
    { id: 'seen', header: t('Last seen'), room: 2, cell: (session) => <Ago at={session.lastSeenAt} /> },
    { id: 'ends', header: t('Ends'), room: 4, cell: (session) => <At at={session.expiresAt} seconds={false} /> },
    {
      id: 'end',
      header: t('Actions'),
      cell: (session) =>
        session.current ? (
          <StateMark icon={IconDeviceLaptop} tone="ok">
            {t('This one')}
          </StateMark>
        ) : onEnd ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onEnd(session)}
            aria-label={t('End session of {{user}}, {{deviceWords}}', { user: session.user, deviceWords: deviceWords(session.device) })}
          >
            {t('End…')}
          </Button>
        ) : (
          <StateMark icon={IconLogin2} tone="idle">
            {t('Under way')}
          </StateMark>
        ),
    },
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowId={(session) => session.id} more={more} stale={stale} />;
}
