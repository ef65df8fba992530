import { Button, Modal } from '@mantine/core';
import { IconClockHour4 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { removeWorkingHours, workingHoursQuery, type WorkingHours } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { categoryWord } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';
import { WorkingHoursForm } from './working-hours-form.js';
import { entityWord, recountedInWords, weekInWords } from './working-hours-words.js';

const route = getRouteApi('/app/exceptions/working-hours');
const fresh = 'new';

/** When the clock of exceptions runs, by legal entity. */
export function Page() {
  const { sel } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(workingHoursQuery);
  const [removing, setRemoving] = useState<WorkingHours>();
  const open = (name: string | undefined) => void navigate({ to: '/exceptions/working-hours', search: { sel: name } });
  const write = can('exception.govern');
  const remove = useMutation({
    mutationFn: ({ legalEntity }: WorkingHours) => removeWorkingHours(legalEntity),
    onSuccess: (removed) => {
      done(t('Working hours removed'), recountedInWords(removed));
      setRemoving(undefined);
      for (const key of ['exceptions', 'overview', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const columns: Column<WorkingHours>[] = [
    { id: 'entity', header: t('Legal entity'), cell: ({ legalEntity }) => entityWord(legalEntity) },
    { id: 'hours', header: t('Hours'), grow: true, cell: ({ shifts }) => weekInWords(shifts).join(' · ') },
    { id: 'zone', header: t('Time zone'), room: 2, cell: ({ timeZone }) => timeZone },
    {
      id: 'free',
      header: t('Free days'),
      align: 'right',
      room: 2,
      cell: ({ freeDays }) => <span title={freeDays.map(({ day, name }) => `${name}: ${day}`).join(' · ')}>{freeDays.length}</span>,
    },
    {
      id: 'own',
      header: t('Hours of its own'),
      room: 3,
      cell: ({ hours }) =>
        Object.entries(hours).map(([category, value]) => `${categoryWord(category as never)} ${value}`).join(', ') || '–',
    },
    { id: 'changed', header: t('Changed'), room: 3, cell: ({ changedAt, changedBy }) => <span title={changedBy}><Ago at={changedAt} /></span> },
    {
      id: 'acts',
      header: t('Actions'),
      cell: (item) =>
        write ? (
          <Button size="compact-xs" variant="default" onClick={() => setRemoving(item)} aria-label={t('Remove {{name}}', { name: entityWord(item.legalEntity) })}>
            {t('Remove…')}
          </Button>
        ) : null,
    },
  ]; // prettier-ignore
  const items = query.data?.items ?? [];
  const chosen = items.find(({ legalEntity }) => legalEntity === sel);
  const make = write ? (
    <Button size="xs" onClick={() => open(fresh)}>
      {t('Set working hours')}
    </Button>
  ) : null;
  return (
    <>
      <PageHead
        title={t('Working hours')}
        name={t('Working hours')}
        above={
          <Link to="/exceptions" search={{}} style={{ color: 'inherit' }}>
            {t('Exceptions')}
          </Link>
        }
        lead={t('When the clock of exceptions runs. A legal entity that is in none of them has plain hours, nights and weekends included.')}
        actions={items.length > 0 ? make : null}
      />
      {query.isPending ? (
        <Waiting rows={4} height={41} />
      ) : !query.data ? (
        <Failure error={query.error} what={t('working hours')} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <FirstUse icon={IconClockHour4} title={t('No working hours')} action={make}>
          {t(
            'Every clock runs in plain hours now. With working hours, what stops on Friday evening is not over its time on Monday morning.',
          )}
        </FirstUse>
      ) : (
        <DataTable
          label={t('Working hours')}
          columns={columns}
          rows={items}
          rowId={({ legalEntity }) => legalEntity}
          onOpen={write ? ({ legalEntity }) => open(legalEntity) : undefined}
          openId={chosen?.legalEntity}
        />
      )}
      <Modal
        opened={write && (sel === fresh || chosen !== undefined)}
        onClose={() => open(undefined)}
        title={chosen ? t('Working hours of {{entity}}', { entity: entityWord(chosen.legalEntity) }) : t('Set working hours')}
        size="lg"
      >
        <WorkingHoursForm
          key={chosen?.legalEntity ?? fresh}
          item={chosen}
          taken={items.map(({ legalEntity }) => legalEntity)}
          onClose={() => open(undefined)}
        />
      </Modal>
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('Remove working hours')}
        verb={t('Remove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing)}
      >
        {rich('The clock of {{name}} runs as that of every other legal entity then, and what is open is counted again.', {
          name: <b>{removing && entityWord(removing.legalEntity)}</b>,
        })}
      </Confirm>
    </>
  );
}
