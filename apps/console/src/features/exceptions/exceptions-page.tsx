import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { exceptionGroupsQuery, type ExceptionGroup } from '../../api/operate.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { IconCircleCheck } from '@tabler/icons-react';
import { LinkButton } from '../../parts/links.js';
import { ExceptionDrawer } from './exception-drawer.js';
import { ExceptionList } from './exception-list.js';
import { Group } from './group.js';
import classes from './exceptions.module.css';

const route = getRouteApi('/app/exceptions');

/** What stopped and needs a person. By root cause first: one cure often clears many. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const grouped =
    search.view !== 'list' &&
    !search.causeKey &&
    !search.q &&
    !search.category &&
    !search.flow &&
    !search.message &&
    (search.state ?? 'open') === 'open';
  const groups = useQuery(exceptionGroupsQuery);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/exceptions', search: { ...search, ...next } });
  const total = groups.data?.items.reduce((sum, group) => sum + group.count, 0) ?? 0;
  return (
    <>
      <PageHead
        title="Exceptions"
        name="Exceptions"
        lead={
          groups.data && total > 0
            ? `${formatCount(total)} open with ${formatCount(groups.data.items.length)} root ${groups.data.items.length === 1 ? 'cause' : 'causes'}. Put the cause right, then replay.`
            : 'Messages that need a person'
        }
        actions={
          <SegmentedControl
            size="xs"
            aria-label="How to list exceptions"
            value={grouped ? 'groups' : 'list'}
            onChange={(view) => void navigate({ to: '/exceptions', search: view === 'list' ? { view: 'list' } : {} })}
            data={[
              { value: 'groups', label: 'By root cause' },
              { value: 'list', label: 'One by one' },
            ]}
          />
        }
      />
      {grouped ? <Groups query={groups} onOpen={(sel) => set({ sel })} /> : <ExceptionList search={search} set={set} />}
      <ExceptionDrawer id={search.sel} onClose={() => set({ sel: undefined })} />
    </>
  );
}

function Groups({
  query,
  onOpen,
}: {
  query: { isPending: boolean; data?: { items: ExceptionGroup[] }; error: unknown; refetch: () => unknown };
  onOpen: (id: string) => void;
}) {
  const [replaying, setReplaying] = useState<ExceptionGroup>();
  if (query.isPending) return <Waiting rows={6} height={92} />;
  if (!query.data) return <Failure error={query.error} what="exceptions" onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0 && !replaying) {
    return (
      <FirstUse
        icon={IconCircleCheck}
        title="Nothing needs a person"
        action={
          <LinkButton variant="default" to="/exceptions" search={{ view: 'list', state: 'resolved' }}>
            See resolved exceptions
          </LinkButton>
        }
      >
        When a message stops, it shows here with its cause, what the target said and what to do.
      </FirstUse>
    );
  }
  return (
    <>
      <ul className={classes.groups} aria-label="Open exceptions by root cause">
        {query.data.items.map((group) => (
          <Group key={group.causeKey} group={group} onOpen={onOpen} onReplay={() => setReplaying(group)} />
        ))}
      </ul>
      <ReplayDialog
        opened={replaying !== undefined}
        selection={{ causeKey: replaying?.causeKey ?? '' }}
        onClose={() => setReplaying(undefined)}
      />
    </>
  );
}
