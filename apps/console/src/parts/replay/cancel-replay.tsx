import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { cancelReplay, replayQuery } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { done, failed } from '../notice.js';

/** Takes back what a replay has not begun. Shown only while there is something to take back. */
export function CancelReplay({ runId }: { runId: string }) {
  const can = useCan();
  const queries = useQueryClient();
  const replay = useQuery({ ...replayQuery(runId), enabled: can('message.replay'), refetchInterval: 2000 });
  const cancel = useMutation({
    mutationFn: () => cancelReplay(runId),
    onSuccess: ({ calledBack, goesOn }) =>
      done(
        t('Replay cancelled'),
        goesOn === 0
          ? t('{{calledBack}} taken back; nothing is under way.', { calledBack })
          : t('{{calledBack}} taken back; {{goesOn}} under way, so they go on.', { calledBack, goesOn }),
      ),
    onError: (error) => failed(t('Could not cancel the replay'), error),
    onSettled: () => ['exceptions', 'messages', 'runs', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  if (!replay.data?.mayCancel) return null;
  return (
    <Button variant="outline" color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {t('Cancel replay')}
    </Button>
  );
}
