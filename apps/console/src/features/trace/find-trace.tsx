import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../../language/index.js';
import { kindOf } from './meaning.js';
import classes from './trace.module.css';

/** One box for any id: it says by itself what it is. */
export function FindTrace({ id = '' }: { id?: string }) {
  const navigate = useNavigate();
  const [text, setText] = useState(id);
  const wanted = text.trim();
  return (
    <form
      role="search"
      aria-label={t('Find a trace')}
      className={classes.find}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') void navigate({ to: '/trace/$kind/$id', params: { kind: kindOf(wanted), id: wanted }, search: {} });
      }}
    >
      <TextInput
        label={t('Any id or number')}
        description={t(
          'Of an invoice, payment or credit memo, in billing or in the ERP; of a journal entry or one of its lines; of a usage event, a summary or a message',
        )}
        value={text}
        maxLength={255}
        onChange={(event) => setText(event.currentTarget.value)}
        style={{ flex: '1 1 320px' }}
      />
      <Button type="submit" disabled={wanted === ''}>
        {t('Show its way')}
      </Button>
    </form>
  );
}
