import { IconCircleCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { exceptionGroupsQuery } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { chosenOf } from '../../parts/chosen-filter.js';
import { LinkButton } from '../../parts/links.js';
import { useRowKeys } from '../../parts/row-keys.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import type { Act } from './acts.js';
import { BulkAct, type Chosen } from './bulk-act.js';
import classes from './exceptions.module.css';
import { Filters, useOwnerChoices } from './filters.js';
import { Group } from './group.js';
import { cleared, filterOf, setFilters, type Search } from './search.js';

/** What is to do, by root cause; the most urgent cause first. */
export function Groups({ search, set }: { search: Search; set: (next: Partial<Search>) => void }) {
  const can = useCan();
  const owners = useOwnerChoices();
  const list = useRef<HTMLUListElement>(null);
  const filter = useMemo(() => filterOf(search), [search]);
  const [acting, setActing] = useState<{ act: Act; chosen: Chosen }>();
  const query = useQuery({ ...exceptionGroupsQuery(filter), placeholderData: keepPreviousData });
  const words = setFilters(search, owners, set);
  const groups = query.data?.items ?? [];
  const entities = [
    ...new Set([
      ...groups.flatMap((group) => group.legalEntities),
      ...chosenOf({ value: search.entity, not: true }).map((part) => part.replace(/^-/, '')),
    ]),
  ].sort();
  const act = (wanted: Act, causeKey: string | undefined) => {
    if (causeKey === undefined || !can(wanted === 'replay' ? 'message.replay' : 'exception.work')) return;
    setActing({ act: wanted, chosen: { filter: { ...filter, causeKey } } });
  };
  // The letters of the list of exceptions, for all that a group holds.
  useRowKeys(list, {
    acts: {
      a: (causeKey) => act('assign', causeKey),
      s: (causeKey) => act('snooze', causeKey),
      e: (causeKey) => act('resolve', causeKey),
      r: (causeKey) => act('replay', causeKey),
    },
  });
  return (
    <>
      <Filters search={search} change={set} entities={entities} sortable={false} />
      {query.isPending ? <Waiting rows={6} height={92} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('exceptions')} onRetry={() => void query.refetch()} /> : null}
      {query.data && groups.length === 0 && words.length > 0 ? (
        <FilteredEmpty what={t('exceptions')} filters={words} onClear={() => set(cleared)} />
      ) : null}
      {query.data && groups.length === 0 && words.length === 0 ? (
        <FirstUse
          icon={IconCircleCheck}
          title={t('Nothing needs a person')}
          action={
            <LinkButton variant="default" to="/exceptions" search={{ view: 'list', state: 'resolved' }}>
              {t('See resolved exceptions')}
            </LinkButton>
          }
        >
          {t(
            'When a message stops, it shows here with its cause, what the target said and what to do. What was snoozed comes back by itself.',
          )}
        </FirstUse>
      ) : null}
      {groups.length > 0 ? (
        <ul
          ref={list}
          className={classes.groups}
          aria-label={t('Open exceptions by root cause')}
          aria-busy={query.isPlaceholderData || undefined}
        >
          {groups.map((group) => (
            <Group key={group.causeKey} group={group} onOpen={(sel) => set({ sel })} onAct={(wanted) => act(wanted, group.causeKey)} />
          ))}
        </ul>
      ) : null}
      {query.data?.more ? (
        <p className={classes.more}>
          {t('There are more root causes; these are the most urgent. Filter, or list the exceptions one by one.')}
        </p>
      ) : null}
      {acting ? <BulkAct {...acting} onClose={() => setActing(undefined)} /> : null}
    </>
  );
}
