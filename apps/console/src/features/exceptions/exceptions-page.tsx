import { Button, SegmentedControl } from '@mantine/core';
import { IconClockHour4, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { exceptionGroupsQuery, exceptionsFileAddress } from '../../api/operate.js';
import { counted, t } from '../../language/index.js';
import { LinkButton } from '../../parts/links.js';
import { done } from '../../parts/notice.js';
import { PageHead } from '../../parts/page.js';
import { AgeingTables } from '../../parts/ageing-tables.js';
import { ExceptionDrawer } from './exception-drawer.js';
import { ExceptionList } from './exception-list.js';
import { Groups } from './groups.js';
import { OneCause } from './one-cause.js';
import { filterOf, isGrouped, type Search } from './search.js';

const route = getRouteApi('/app/exceptions');

/** What stopped and needs a person. By root cause first: one cure often clears many. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const grouped = isGrouped(search);
  const groups = useQuery(exceptionGroupsQuery({}));
  const set = (next: Partial<Search>) => void navigate({ to: '/exceptions', search: { ...search, ...next } });
  const total = groups.data?.items.reduce((sum, group) => sum + group.count, 0) ?? 0;
  return (
    <>
      <PageHead
        title={t('Exceptions')}
        name={t('Exceptions')}
        lead={
          groups.data && total > 0
            ? [
                groups.data.more
                  ? counted(
                      groups.data.items.length,
                      '{{total}} to do and more, with {{count}} root cause.',
                      '{{total}} to do and more, with {{count}} root causes.',
                      { total },
                    )
                  : counted(
                      groups.data.items.length,
                      '{{total}} to do, with {{count}} root cause.',
                      '{{total}} to do, with {{count}} root causes.',
                      { total },
                    ),
                t('Put the cause right, then replay.'),
              ].join(' ')
            : t('Messages that need a person')
        }
        actions={
          <>
            <LinkButton to="/exceptions/working-hours" size="xs" variant="default" leftSection={<IconClockHour4 size={14} />}>
              {t('Working hours')}
            </LinkButton>
            <Button
              size="xs"
              variant="default"
              component="a"
              href={exceptionsFileAddress(filterOf(search))}
              download
              leftSection={<IconDownload size={14} />}
              onClick={() => done(t('Exporting'), t('The file holds what the filter shows. The audit log says who exported how much.'))}
            >
              {t('Export CSV')}
            </Button>
            <SegmentedControl
              size="xs"
              aria-label={t('How to list exceptions')}
              value={grouped ? 'groups' : 'list'}
              onChange={(view) =>
                set(
                  view === 'list'
                    ? { view: 'list' }
                    : { view: undefined, causeKey: undefined, message: undefined, sort: undefined, state: undefined },
                )
              }
              data={[
                { value: 'groups', label: t('By root cause') },
                { value: 'list', label: t('One by one') },
              ]}
            />
          </>
        }
      />
      {search.causeKey ? <OneCause key={search.causeKey} causeKey={search.causeKey} /> : <AgeingTables />}
      {grouped ? <Groups search={search} set={set} /> : <ExceptionList search={search} set={set} />}
      <ExceptionDrawer id={search.sel} onClose={() => set({ sel: undefined })} />
    </>
  );
}
