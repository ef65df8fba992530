import { Button } from '@mantine/core';
import { IconDeviceLaptop, IconLogin2 } from '@tabler/icons-react';
import type { Session } from '../api/session.js';
import { StateMark } from './badge.js';
import { DataTable, type Column } from './data-table.js';
import { Ago, At } from './time.js';

/** What a browser calls itself is long and full of other browsers' names; people know theirs by two words. */
export function deviceWords(device: string | null): string {
  if (!device) return 'Not said';
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
  return [browser, system].filter(Boolean).join(' on ');
}

/** Sessions, with the button that ends one. `whose`: also show the person. */
export function Sessions({
  rows,
  whose,
  onEnd,
  label,
}: {
  rows: Session[];
  whose?: boolean;
  onEnd?: (session: Session) => void;
  label: string;
}) {
  const columns: Column<Session>[] = [
    ...(whose ? [{ id: 'user', header: 'Person', grow: true, cell: (session: Session) => session.user }] : []),
    {
      id: 'device',
      header: 'Device',
      grow: !whose,
      cell: (session) => <span title={session.device ?? undefined}>{deviceWords(session.device)}</span>,
    },
    { id: 'address', header: 'From', room: 2, cell: (session) => session.address ?? '–' },
    { id: 'method', header: 'By', room: 3, cell: (session) => (session.method === 'provider' ? 'Single sign-on' : 'Password') },
    { id: 'started', header: 'Signed in', room: 3, cell: (session) => <Ago at={session.startedAt} /> },
    { id: 'seen', header: 'Last seen', room: 2, cell: (session) => <Ago at={session.lastSeenAt} /> },
    { id: 'ends', header: 'Ends', room: 4, cell: (session) => <At at={session.expiresAt} seconds={false} /> },
    {
      id: 'end',
      header: 'Actions',
      cell: (session) =>
        session.current ? (
          <StateMark icon={IconDeviceLaptop} tone="ok">
            This one
          </StateMark>
        ) : onEnd ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onEnd(session)}
            aria-label={`End session of ${session.user}, ${deviceWords(session.device)}`}
          >
            End…
          </Button>
        ) : (
          <StateMark icon={IconLogin2} tone="idle">
            Under way
          </StateMark>
        ),
    },
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowId={(session) => session.id} />;
}
