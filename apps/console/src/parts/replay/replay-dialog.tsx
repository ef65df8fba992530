import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { replayPreviewQuery, startReplay, type ReplayRelease, type ReplayStarted, type Selection } from '../../api/operate.js';
import { counted, t } from '../../language/index.js';
import { amountsInWords, formatCount } from '../money.js';
import { done } from '../notice.js';
import { Failure, Refused, Waiting } from '../situations.js';
import { ReplayItems } from './replay-items.js';
import { ReplayProgress } from './replay-progress.js';
import { formatDuration } from '../time.js';

type Props = {
  opened: boolean;
  selection: Selection;
  /** What matched and is not in the selection, with the reason. */
  leftOut?: readonly { reason: string; count: number }[];
  onClose: () => void;
  onDone?: () => void;
};

/** Preview, replay, progress, outcome. Nothing is sent before the person has seen what would be sent. */
export function ReplayDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} size="xl" title={t('Replay')}>
      {props.opened ? <Replay {...props} /> : null}
    </Modal>
  );
}

export function Replay({ selection, leftOut = [], onClose, onDone }: Omit<Props, 'opened'>) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [release, setRelease] = useState<ReplayRelease>('kept');
  const [perMinute, setPerMinute] = useState<number>();
  const [stopAfter, setStopAfter] = useState<number>();
  const [started, setStarted] = useState<ReplayStarted>();
  const preview = useQuery({
    ...replayPreviewQuery(selection, release),
    placeholderData: keepPreviousData,
    enabled: started === undefined,
    refetchOnWindowFocus: false,
  });
  const start = useMutation({
    mutationFn: () => startReplay(selection, release, { reason: reason.trim(), perMinute, stopAfter }),
    onSuccess: (result) => {
      setStarted(result);
      if (result.accepted > 0) done(counted(result.accepted, 'Replaying {{count}} message', 'Replaying {{count}} messages'));
      onDone?.();
      for (const key of ['messages', 'exceptions', 'runs', 'overview']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  if (started) return <ReplayProgress started={started} onClose={onClose} />;
  if (preview.isPending) return <Waiting rows={6} />;
  if (!preview.data) return <Failure error={preview.error} what={t('the preview')} onRetry={() => void preview.refetch()} />;
  const { count, amounts, verdicts, items } = preview.data;
  const refused = verdicts['refused'] ?? 0;
  const failing = verdicts['still-fails'] ?? 0;
  const replayed = count - refused;
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>{counted(count, '{{count}} message', '{{count}} messages')}</b>
        {amounts.length > 0 ? <> {t('with {{amounts}}', { amounts: amountsInWords(amounts) })}</> : null}.{' '}
        {t('Sent again with the tables as they are now. What the target already has is not posted twice.')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('By which release')}
        value={release}
        onChange={(next) => setRelease(next === 'live' ? 'live' : 'kept')}
        data={[
          { value: 'kept', label: t('By the release it came in under') },
          { value: 'live', label: t('By the live release') },
        ]}
      />
      {leftOut.map(({ reason: why, count: left }) => (
        <Text key={why} size="sm" c="dimmed">
          {t('Left out: {{left}} {{why}}.', { left: formatCount(left), why })}
        </Text>
      ))}
      <ReplayItems items={items} count={count} verdicts={verdicts} />
      {failing > 0 ? (
        <Text size="sm" c="var(--wb-warn-text)">
          {failing === replayed && replayed > 0
            ? t('Nothing has been put right yet: every message would stop again.')
            : t('{{failing}} would stop again.', { failing: formatCount(failing) })}
        </Text>
      ) : null}
      {replayed > 1 ? (
        <Group grow align="flex-start">
          <HowMany
            label={t('At most a minute')}
            description={
              perMinute === undefined
                ? t('As fast as the target takes them, if left empty')
                : t('The last begins after about {{duration}}', { duration: formatDuration(((replayed - 1) / perMinute) * 60_000) })
            }
            max={6_000}
            value={perMinute}
            onChange={setPerMinute}
          />
          <HowMany
            label={t('End when so many stop again')}
            description={t('What has not begun is then taken back; never, if left empty')}
            max={10_000}
            value={stopAfter}
            onChange={setStopAfter}
          />
        </Group>
      ) : null}
      <Textarea
        label={t('Reason')}
        description={t('Kept in the audit log')}
        autosize
        minRows={1}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refused error={start.error} title={t('Could not replay')} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button
          variant={failing === replayed ? 'default' : 'filled'}
          onClick={() => start.mutate()}
          loading={start.isPending}
          disabled={replayed === 0 || preview.isPlaceholderData}
        >
          {counted(replayed, 'Replay {{count}} message', 'Replay all {{count}}')}
        </Button>
      </Group>
    </Stack>
  );
}

function HowMany({
  label,
  description,
  max,
  value,
  onChange,
}: {
  label: string;
  description: string;
  max: number;
  value: number | undefined;
  onChange: (next: number | undefined) => void;
}) {
  return (
    <NumberInput
      label={label}
      description={description}
      min={1}
      max={max}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? undefined : Number(next))}
    />
  );
}
