import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { makeSelection, type GroupFilter } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { ActDialog } from './act-dialog.js';
import type { Act } from './acts.js';

/** Which exceptions: those that were ticked, or all that a filter shows. */
export type Chosen = { exceptions: string[] } | { filter: GroupFilter };
const titles: Record<Act, string> = {
  assign: t('Assign'),
  snooze: t('Snooze'),
  resolve: t('Resolve without posting'),
  replay: t('Replay'),
};

/** Freezes what was chosen before anything is asked: what is shown from then on is what will be acted on, whatever comes in meanwhile. */
export function BulkAct({ act, chosen, onClose, onDone }: { act: Act; chosen: Chosen; onClose: () => void; onDone?: () => void }) {
  const frozen = useQuery({
    queryKey: ['selection', act, chosen],
    queryFn: () => makeSelection(chosen),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (!frozen.data)
    return (
      <Modal opened onClose={onClose} title={titles[act]} size="md" centered>
        {frozen.isError ? (
          <Failure error={frozen.error} what={t('the selection')} onRetry={() => void frozen.refetch()} />
        ) : (
          <Waiting rows={4} />
        )}
      </Modal>
    );
  if (act === 'replay')
    return (
      <ReplayDialog opened selection={{ selection: frozen.data.id }} leftOut={frozen.data.excluded} onClose={onClose} onDone={onDone} />
    );
  return <ActDialog act={act} target={{ frozen: frozen.data }} onClose={onClose} onDone={onDone} />;
}
