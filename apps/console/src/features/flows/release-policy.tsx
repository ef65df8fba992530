import { Anchor, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { governFlow, type Flow } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';

const choices = [
  { value: 'none', label: t('Nobody: what is saved goes live, unless it is saved as a draft') },
  { value: 'finance-approver', label: t('A finance approver who did not make the change') },
  { value: 'admin', label: t('An administrator who did not make the change') },
] as const;

/** Who approves a release of this flow, and where it is decided. */
export function ReleasePolicy({ flow }: { flow: Flow }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [choice, setChoice] = useState<string>(flow.approver ?? 'none');
  const govern = useMutation({
    mutationFn: (reason: string) => governFlow(flow.name, { approver: choice === 'none' ? null : (choice as 'admin'), reason }),
    onSuccess: () => {
      done(t('Approval decided'));
      for (const key of ['flows', 'approvals']) void queries.invalidateQueries({ queryKey: [key] });
      setAsking(false);
    },
  });
  return (
    <Text size="sm" c="dimmed" mb="sm" component="div">
      {flow.approver
        ? t('Releases are approved by somebody of the role {{approver}}; whatever is saved begins as a draft.', { approver: flow.approver })
        : t('Releases need no approval: what is saved goes live, unless it is saved as a draft.')}
      {can('flow.govern') ? (
        <>
          {' '}
          <Anchor component="button" type="button" fz="inherit" underline="always" onClick={() => setAsking(true)}>
            {t('Change this…')}
          </Anchor>
        </>
      ) : null}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('Who approves a release')}
        verb={t('Decide')}
        reason="required"
        pending={govern.isPending}
        error={govern.error}
        onConfirm={(reason) => govern.mutate(reason)}
      >
        <Radio.Group label={t('Who approves a release of {{name}}', { name: flow.name })} value={choice} onChange={setChoice}>
          <Stack gap={8} mt={6} mb="sm">
            {choices.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        {t('Releases that are not live yet are drafts again. What is live stays live.')}
      </Confirm>
    </Text>
  );
}
