import { Anchor, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { governTable, type Table } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';

const choices = [
  { value: 'none', label: t('Nobody: whoever may write rows publishes them') },
  { value: 'finance-approver', label: t('A finance approver who did not make the change') },
  { value: 'admin', label: t('An administrator who did not make the change') },
] as const;

/** Who approves a change of this table, and where it is decided. */
export function ApprovalPolicy({ table }: { table: Table }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [choice, setChoice] = useState<string>(table.approver ?? 'none');
  const govern = useMutation({
    mutationFn: (reason: string) => governTable(table.name, { approver: choice === 'none' ? null : (choice as 'admin'), reason }),
    onSuccess: () => {
      done(t('Approval decided'));
      void queries.invalidateQueries({ queryKey: ['tables'] });
      setAsking(false);
    },
  });
  return (
    <>
      {table.approver
        ? t('Changes are approved by somebody of the role {{approver}}.', { approver: table.approver })
        : t('Changes need no approval.')}
      {can('table.govern') ? (
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
        title={t('Who approves a change')}
        verb={t('Decide')}
        reason="required"
        pending={govern.isPending}
        error={govern.error}
        onConfirm={(reason) => govern.mutate(reason)}
      >
        <Radio.Group label={t('Who approves a change of {{title}}', { title: table.title })} value={choice} onChange={setChoice}>
          <Stack gap={8} mt={6} mb="sm">
            {choices.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        {t('Drafts that wait for an approval go back to their authors.')}
      </Confirm>
    </>
  );
}
