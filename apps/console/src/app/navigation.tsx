import {
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBell,
  IconBraces,
  IconChecks,
  IconEraser,
  IconFileCode,
  IconGauge,
  IconHistory,
  IconMail,
  IconPlug,
  IconRoute,
  IconRun,
  IconScale,
  IconServerCog,
  IconShieldLock,
  IconTable,
  type Icon,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { approvalCountQuery, exceptionCountQuery } from '../api/operate.js';
import { useCan } from '../api/session.js';
import { formatCount } from '../parts/money.js';
import { useQuery } from '@tanstack/react-query';
import { t, tIn } from '../language/index.js';
import classes from './shell.module.css';

export interface Place {
  to: LinkProps['to'];
  word: string;
  icon: Icon;
  permission: string;
  about: string;
}

export const places: { group: string; items: Place[] }[] = [
  {
    group: t('Operate'),
    items: [
      {
        to: '/overview',
        word: t('Overview'),
        icon: IconActivityHeartbeat,
        permission: 'message.read',
        about: t('Is money moving, and what needs a person'),
      },
      { to: '/messages', word: t('Messages'), icon: IconMail, permission: 'message.read', about: t('Every document and where it is') },
      { to: '/runs', word: t('Runs'), icon: IconRun, permission: 'message.read', about: t('Polls, backfills and replays') },
      {
        to: '/exceptions',
        word: t('Exceptions'),
        icon: IconAlertTriangle,
        permission: 'exception.read',
        about: t('What stopped, by root cause'),
      },
      { to: '/approvals', word: t('Approvals'), icon: IconChecks, permission: 'approval.read', about: t('What waits for a decision') },
      {
        to: '/alerts',
        word: t('Alerts'),
        icon: IconBell,
        permission: 'alert.read',
        about: t('What is said to people who do not look here'),
      },
    ],
  },
  {
    group: t('Build'),
    items: [
      {
        to: '/flows',
        word: t('Flows'),
        icon: IconArrowsSplit2,
        permission: 'flow.read',
        about: t('From a source by a mapping to a target'),
      },
      { to: '/mappings', word: t('Mappings'), icon: IconBraces, permission: 'mapping.read', about: t('JSONata translations') },
      { to: '/tables', word: t('Tables'), icon: IconTable, permission: 'table.read', about: t('Effective-dated reference data') },
      {
        to: '/connections',
        word: t('Connections'),
        icon: IconPlug,
        permission: 'connection.read',
        about: t('Outside systems and their secrets'),
      },
      {
        to: '/schemas',
        word: t('Schemas'),
        icon: IconFileCode,
        permission: 'schema.read',
        about: t('What records and outputs are checked by, and what differs from it'),
      },
    ],
  },
  {
    group: tIn('navigation', 'Account'),
    items: [
      {
        to: '/usage',
        word: t('Usage ledger'),
        icon: IconGauge,
        permission: 'usage.read',
        about: t('What was used, summed up and sealed, to the single event'),
      },
      {
        to: '/trace',
        word: t('Lineage'),
        icon: IconRoute,
        permission: 'canonical.read',
        about: t('From one call to the books and back, with every sum checked'),
      },
      {
        to: '/recon',
        word: t('Reconciliation'),
        icon: IconScale,
        permission: 'control.read',
        about: t('What billing says against what the books say, each day'),
      },
    ],
  },
  {
    group: t('Govern'),
    items: [
      { to: '/audit', word: t('Audit log'), icon: IconHistory, permission: 'audit.read', about: t('Who did what') },
      {
        to: '/ops',
        word: t('Operations'),
        icon: IconServerCog,
        permission: 'operations.read',
        about: t('Processes, queue, connections and database'),
      },
      { to: '/access', word: t('Access'), icon: IconShieldLock, permission: 'access.read', about: t('Users, roles and API keys') },
      {
        to: '/erasures',
        word: t('Erasures'),
        icon: IconEraser,
        permission: 'subject.erase',
        about: t('What is personal of a customer, taken out'),
      },
    ],
  },
];

export function Navigation({ collapsed, onNavigate }: { collapsed: boolean; onNavigate: () => void }) {
  const can = useCan();
  const exceptions = useQuery({ ...exceptionCountQuery, enabled: can('exception.read') });
  const approvals = useQuery({ ...approvalCountQuery, enabled: can('approval.read') });
  const counts: Record<string, number> = {
    '/exceptions': exceptions.data?.count ?? 0,
    '/approvals': approvals.data?.count ?? 0,
  };
  return (
    <nav aria-label={t('Main')} className={classes.nav} data-collapsed={collapsed || undefined}>
      {places.map(({ group, items }) => {
        const seen = items.filter((place) => can(place.permission));
        if (seen.length === 0) return null;
        return (
          <div key={group} className={classes.navGroup}>
            <div className={classes.navTitle} id={`nav-${group}`}>
              {group}
            </div>
            <ul aria-labelledby={`nav-${group}`} className={classes.navList}>
              {seen.map(({ to, word, icon: Glyph }) => {
                const count = counts[to as string] ?? 0;
                return (
                  <li key={word}>
                    <Link
                      to={to}
                      className={classes.navLink}
                      activeProps={{ 'data-active': true, 'aria-current': 'page' } as object}
                      activeOptions={{ includeSearch: false }}
                      onClick={onNavigate}
                      title={collapsed ? word : undefined}
                      aria-label={count > 0 ? t('{{word}}, {{count}} open', { word, count }) : word}
                    >
                      <Glyph size={17} stroke={1.7} aria-hidden />
                      <span className={classes.navWord}>{word}</span>
                      {count > 0 ? <span className={classes.navCount}>{formatCount(count)}</span> : null}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
