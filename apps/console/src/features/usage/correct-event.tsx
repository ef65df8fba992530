import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { correctUsage, traceQuery, usageKey, type UsageEventDetail } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { CodeEditor } from '../../parts/editor/code-editor.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';

interface Props {
  kind: 'correction' | 'cancellation';
  event: UsageEventDetail;
  onClose: () => void;
  onDone: (id: string) => void;
}

/** Writes the next event of the chain. Says before what it touches: a sealed period is not opened again, it is adjusted. */
export function CorrectEvent({ kind, event, onClose, onDone }: Props) {
  const queries = useQueryClient();
  const trace = useQuery(traceQuery(event.id));
  const [text, setText] = useState(() => JSON.stringify(event.data, null, 2));
  const [reason, setReason] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const data = kind === 'correction' ? readJson(text) : { value: undefined };
  const unchanged = kind === 'correction' && data !== undefined && JSON.stringify(data.value) === JSON.stringify(event.data);
  const correct = useMutation({
    mutationFn: () =>
      correctUsage({
        kind,
        source: 'console',
        id,
        of: { event: event.id },
        ...(kind === 'correction' ? { data: data?.value } : {}),
        reason: reason.trim(),
      }),
    onSuccess: (made) => {
      done(kind === 'correction' ? t('Corrected') : t('Cancelled'), t('The first event stays as it was; the new one counts from now on.'));
      void queries.invalidateQueries({ queryKey: [usageKey] });
      onClose();
      onDone(made.id);
    },
  });
  const sealed = trace.data?.summaries.filter(({ effect }) => effect === 'added') ?? [];
  const title = kind === 'correction' ? t('Correct this usage') : t('Cancel this usage');
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          correct.mutate();
        }}
      >
        <Stack>
          {sealed.length > 0 ? (
            <Alert color="yellow" title={t('Its period is sealed')}>
              {t('{{sums}} stays as it is. The difference becomes an adjustment with the next seal.', {
                sums: sealed.map(({ meter, period }) => t('{{meter}} of {{period}}', { meter, period })).join(', '),
              })}
            </Alert>
          ) : null}
          {kind === 'correction' ? (
            <div>
              <Text size="sm" fw={500} mb={4}>
                {t('Data, as it should have been')}
              </Text>
              <CodeEditor value={text} onChange={setText} language="json" label={t('Data')} height={180} invalid={data === undefined} />
              {data === undefined ? (
                <Text size="sm" c="var(--wb-bad-text)" mt={4} role="alert">
                  {t('This is not JSON yet.')}
                </Text>
              ) : null}
            </div>
          ) : (
            <Text size="sm">{t('The event will count nothing. It stays in the ledger, with the cancellation beside it.')}</Text>
          )}
          <Textarea
            label={t('Reason')}
            description={t('Kept with the event and in the audit log')}
            withAsterisk
            autosize
            minRows={2}
            maxLength={2_000}
            value={reason}
            onChange={(changed) => setReason(changed.currentTarget.value)}
          />
          <Refused
            error={correct.error}
            title={kind === 'correction' ? t('Could not correct the usage') : t('Could not cancel the usage')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Keep as it is')}
            </Button>
            <Button
              type="submit"
              color={kind === 'cancellation' ? 'red' : undefined}
              loading={correct.isPending}
              disabled={reason.trim().length < 3 || data === undefined || unchanged}
            >
              {kind === 'correction' ? t('Correct') : t('Cancel usage')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function readJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
