import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { acceptGap, withdrawGap, type Gap } from '../../api/reconcile.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { LinkButton } from '../../parts/links.js';
import { done } from '../../parts/notice.js';

type Asked = 'timing' | 'explained' | 'withdraw';
const verbs: Record<Asked, { title: string; verb: string; say: string }> = {
  timing: { title: t('Accept as timing'), verb: t('Accept as timing'), say: t('The other side has it, or will have it, in another period.') },
  explained: { title: t('Accept as explained'), verb: t('Accept as explained'), say: t('It is right as it is. The reason stands in the audit log, and holds for the same gap in later runs.') },
  withdraw: { title: t('Open it again'), verb: t('Open again'), say: t('The gap counts as open, also in later runs.') },
}; // prettier-ignore

/** Where a gap leads, and what may be said to it. */
export function GapActions({ gap, runId }: { gap: Gap; runId: string }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asked, ask] = useState<Asked>();
  const act = useMutation({
    mutationFn: (reason: string) => (asked === 'withdraw' ? withdrawGap(gap.id, reason) : acceptGap(gap.id, asked!, reason)),
    onSuccess: () => {
      done(asked === 'withdraw' ? t('Opened again') : asked === 'timing' ? t('Accepted as timing') : t('Accepted as explained'));
      ask(undefined);
      void queries.invalidateQueries({ queryKey: ['controls', 'gaps', runId] });
      void queries.invalidateQueries({ queryKey: ['controls', 'run', runId] });
    },
  });
  const works = can('control.work') && !gap.explained;
  return (
    <Group gap={6} mt={4}>
      <Lead gap={gap} />
      {works && !gap.accepted ? (
        <>
          <Button size="compact-xs" variant="default" onClick={() => ask('explained')}>
            {t('Accept as explained…')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => ask('timing')}>
            {t('Accept as timing…')}
          </Button>
        </>
      ) : null}
      {works && gap.accepted ? (
        <Button size="compact-xs" variant="default" onClick={() => ask('withdraw')}>
          {t('Open again')}
        </Button>
      ) : null}
      <Confirm
        opened={asked !== undefined}
        onClose={() => ask(undefined)}
        title={verbs[asked ?? 'explained'].title}
        verb={verbs[asked ?? 'explained'].verb}
        reason="required"
        pending={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.mutate(reason)}
      >
        {gap.sentence} {verbs[asked ?? 'explained'].say}
      </Confirm>
    </Group>
  );
}

const look = { size: 'compact-xs', variant: 'default' } as const;

/** To what it is about, and to where it can be put right; of usage the summary, with its events and documents, beside it. */
function Lead({ gap }: { gap: Gap }) {
  const { link, usage } = gap;
  const document = gap.billing?.id ?? (link?.kind === 'document' ? link.id : undefined);
  const summary = usage?.ledger?.summary ?? (link?.kind === 'summary' ? link.id : undefined);
  return (
    <>
      {link?.kind === 'exception' ? <LinkButton {...look} to="/exceptions" search={{ view: 'list', state: 'all', sel: link.id }}>{t('Open exception')}</LinkButton> : null}
      {link?.kind === 'message' ? <LinkButton {...look} to="/messages/$id" params={{ id: link.id }} search={{}}>{t('Open message')}</LinkButton> : null}
      {summary !== undefined ? <LinkButton {...look} to="/usage/summaries/$id" params={{ id: summary }} search={{}}>{t('Open summary')}</LinkButton> : null}
      {link?.kind !== 'exception' && link?.kind !== 'message' && document !== undefined ? <LinkButton {...look} to="/trace/$kind/$id" params={{ kind: 'document', id: document }} search={{}}>{t('See lineage')}</LinkButton> : null}
    </>
  );
} // prettier-ignore
