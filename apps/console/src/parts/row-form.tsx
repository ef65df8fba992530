import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeTableRows, type Table } from '../api/build.js';
import { done } from './notice.js';
import { Refused } from './situations.js';

type Start = { key?: Record<string, string>; values?: Record<string, string | null>; validFrom?: string | null };

/**
 * One row of a table, added or corrected. Nothing is overwritten: a row of the same key ends the day before the new one begins.
 * `onSaved` gets how many open exceptions the change may clear.
 */
export function RowForm({
  table,
  start,
  verb,
  onSaved,
  onCancel,
  keyFixed,
}: {
  table: Table;
  start: Start;
  verb: string;
  onSaved: (mayClear: number) => void;
  onCancel?: () => void;
  keyFixed?: boolean;
}) {
  const queries = useQueryClient();
  const [key, setKey] = useState<Record<string, string>>(() =>
    Object.fromEntries(table.key.map((column) => [column, start.key?.[column] ?? ''])),
  );
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(table.columns.map((column) => [column.name, start.values?.[column.name] ?? ''])),
  );
  const [validFrom, setValidFrom] = useState(start.validFrom ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      changeTableRows(table.name, {
        put: [
          {
            key,
            values: Object.fromEntries(
              table.columns.map((column) => [column.name, values[column.name] === '' ? null : (values[column.name] ?? null)]),
            ),
            validFrom: validFrom || null,
          },
        ],
        reason: reason.trim() || undefined,
      }),
    onSuccess: (result) => {
      done(
        verb === 'Add row' ? 'Row added' : 'Row corrected',
        result.unchanged > 0 && result.added === 0
          ? 'It was already so; nothing changed.'
          : `${table.title} is now at version ${result.version}.`,
      );
      for (const name of ['tables', 'exceptions', 'flows', 'audit']) void queries.invalidateQueries({ queryKey: [name] });
      onSaved(result.mayClear);
    },
  });
  const problems: Record<string, string> = {};
  for (const column of table.key) if (!key[column]) problems[column] = 'Needed: it is part of the key';
  for (const column of table.columns) {
    const value = values[column.name] ?? '';
    if (column.required && value === '') problems[column.name] = 'Needed';
    else if (column.type === 'decimal' && value !== '' && !/^-?\d+(\.\d+)?$/.test(value))
      problems[column.name] = 'A decimal number such as 12.50';
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(problems).length === 0) save.mutate();
      }}
    >
      <Stack gap="sm">
        {table.key.map((column) => (
          <TextInput
            key={column}
            label={column}
            description={keyFixed ? undefined : 'Part of the key; * fits any value'}
            withAsterisk
            readOnly={keyFixed}
            value={key[column] ?? ''}
            onChange={(event) => setKey({ ...key, [column]: event.currentTarget.value })}
            error={tried ? problems[column] : undefined}
          />
        ))}
        {table.columns.map((column) =>
          column.type === 'boolean' ? (
            <Select
              key={column.name}
              label={column.name}
              description={column.description}
              withAsterisk={column.required}
              data={['true', 'false']}
              clearable={!column.required}
              value={values[column.name] || null}
              onChange={(value) => setValues({ ...values, [column.name]: value ?? '' })}
              error={tried ? problems[column.name] : undefined}
            />
          ) : (
            <TextInput
              key={column.name}
              label={column.name}
              description={column.description}
              withAsterisk={column.required}
              type={column.type === 'date' ? 'date' : 'text'}
              inputMode={column.type === 'decimal' ? 'decimal' : undefined}
              value={values[column.name] ?? ''}
              onChange={(event) => setValues({ ...values, [column.name]: event.currentTarget.value })}
              error={tried ? problems[column.name] : undefined}
            />
          ),
        )}
        <TextInput
          type="date"
          label="Valid from"
          description="Empty: from ever"
          value={validFrom}
          onChange={(event) => setValidFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Reason"
          description="Kept in the audit log"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refused error={save.error} title={`Could not ${verb.toLowerCase()}`} />
        <Group justify="flex-end">
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
          <Button type="submit" loading={save.isPending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
