import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { inSentence, rich, t } from '../language/index.js';
import { Refused } from './situations.js';

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** The verb of the button; the notice afterwards uses the same word. */
  verb: string;
  children: ReactNode;
  danger?: boolean;
  /** Ask why. `required`: not without an answer of three letters or more. */
  reason?: 'required' | 'optional';
  reasonLabel?: string;
  /** Has to be typed before the button works. */
  typed?: string;
  /** Something in the question is still to be answered. */
  blocked?: boolean;
  pending?: boolean;
  error?: unknown;
  onConfirm: (reason: string) => void;
};

/** Asks once more before something that cannot be taken back. */
export function Confirm(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="md" centered>
      {props.opened ? <Question {...props} /> : null}
    </Modal>
  );
}

function Question({
  onClose,
  verb,
  children,
  danger,
  reason,
  reasonLabel = t('Reason'),
  typed,
  blocked,
  pending,
  error,
  onConfirm,
}: Props) {
  const [why, setWhy] = useState('');
  const [word, setWord] = useState('');
  const missing = blocked === true || (reason === 'required' && why.trim().length < 3) || (typed !== undefined && word !== typed);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onConfirm(why.trim());
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {reason ? (
          <Textarea
            label={reasonLabel}
            required={reason === 'required'}
            withAsterisk={reason === 'required'}
            autosize
            minRows={2}
            maxLength={500}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
            data-autofocus
          />
        ) : null}
        {typed !== undefined ? (
          <TextInput
            label={rich('Type {{typed}} to confirm', { typed: <b>{typed}</b> })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
          />
        ) : null}
        <Refused error={error} title={t('Could not {{verb}}', { verb: inSentence(verb) })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Keep as it is')}
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} disabled={missing} loading={pending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
