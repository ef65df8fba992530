import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../language/index.js';
import chip from '../../parts/filter-bar.module.css';
import { FixedFilter } from '../../parts/filter-bar.js';
import { stageOrder } from './stage-states.js';

/** What one search may ask for; the engine refuses more. */
const pieceLengthMax = 2_000;
const shownMax = 40;
const examplePiece = '{"customer": "C-1", "lines": [{"sku": "A"}]}';

export interface PayloadChoice {
  payload?: string;
  payloadStage?: string;
}

/** A filter of its own kind: it reads payloads, so it is set on purpose, and is one piece of JSON. */
export function PayloadFilter({
  value,
  editing,
  onEdit,
  onChange,
}: {
  value: PayloadChoice;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onChange: (next: PayloadChoice) => void;
}) {
  const close = () => onEdit(false);
  return (
    <>
      {value.payload ? (
        <FixedFilter onRemove={() => onChange({})}>
          {value.payloadStage ? t('Payload after {{stage}}', { stage: value.payloadStage }) : t('Payload')}:{' '}
          <code>{short(value.payload)}</code>
        </FixedFilter>
      ) : null}
      <Button
        size="xs"
        variant="default"
        className={chip.chip}
        leftSection={<IconBraces size={14} aria-hidden />}
        onClick={() => onEdit(true)}
      >
        {value.payload ? t('Change the payload…') : t('Payload…')}
      </Button>
      <Modal opened={editing} onClose={close} title={t('Find messages by their payload')} size="lg" centered>
        {editing ? (
          <Form
            value={value}
            onDone={(next) => {
              close();
              onChange(next);
            }}
          />
        ) : null}
      </Modal>
    </>
  );
}

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > shownMax ? `${line.slice(0, shownMax - 1)}…` : line;
};

function Form({ value, onDone }: { value: PayloadChoice; onDone: (next: PayloadChoice) => void }) {
  const [payload, setPayload] = useState(value.payload ?? '');
  const [stage, setStage] = useState<string | null>(value.payloadStage ?? null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (payload.trim()) onDone({ payload: payload.trim(), ...(stage ? { payloadStage: stage } : {}) });
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={t('Piece of JSON that the payload contains')}
          description={t(
            'An object or a list, as it stands in the payload. Each of its fields has to be there with that value; each item of a list has to be in the list there, in whatever order.',
          )}
          placeholder={examplePiece}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={pieceLengthMax}
          ff="monospace"
          spellCheck={false}
          data-autofocus
          value={payload}
          onChange={(event) => setPayload(event.currentTarget.value)}
        />
        <Select
          label={t('After the stage')}
          placeholder={t('Whichever')}
          clearable
          data={stageOrder.map((name) => ({ value: name, label: name }))}
          value={stage}
          onChange={setStage}
        />
        <Text size="xs" c="dimmed">
          {t(
            'Payloads are read one after the other, newest first, within the time and the other filters of the list: 31 days at most, the last 24 hours where no time is chosen, and 50,000 messages at most. The audit log says which fields were searched, and which messages were found.',
          )}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" disabled={!payload.trim()}>
            {t('Search')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
