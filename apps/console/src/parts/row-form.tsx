import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useId, useState } from 'react';
import { tableRowsQuery, type RowChange, type Table, type TableRow } from '../api/build.js';
import { inSentence, listed, t } from '../language/index.js';
import { rowsOf } from './paged.js';
import { Refused } from './situations.js';

type Start = { key?: Record<string, string>; values?: Record<string, string | null>; validFrom?: string | null; validTo?: string | null };

/** One row of a table as somebody wants it, with what other rows hold to choose from. What is done with it is the parent's: a row goes live by a draft alone. */
export function RowForm({
  table,
  start,
  verb,
  keyFixed,
  reason: asksWhy = false,
  pending,
  error,
  onSubmit,
  onCancel,
}: {
  table: Table;
  start: Start;
  verb: string;
  keyFixed?: boolean;
  /** Ask why as well. */
  reason?: boolean;
  pending: boolean;
  error: unknown;
  onSubmit: (row: RowChange, reason: string) => void;
  onCancel?: () => void;
}) {
  const formId = useId();
  const rows = rowsOf(useInfiniteQuery(tableRowsQuery(table.name, {})).data);
  const [key, setKey] = useState<Record<string, string>>(() =>
    Object.fromEntries(table.key.map((column) => [column, start.key?.[column] ?? ''])),
  );
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(table.columns.map((column) => [column.name, start.values?.[column.name] ?? ''])),
  );
  const [validFrom, setValidFrom] = useState(start.validFrom ?? '');
  const [validTo, setValidTo] = useState(start.validTo ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const problems: Record<string, string> = {};
  for (const column of table.key) if (!key[column]) problems[column] = t('Needed: it is part of the key');
  for (const column of table.columns) {
    const value = values[column.name] ?? '';
    if (column.required && value === '') problems[column.name] = t('Needed');
    else if (column.type === 'decimal' && value !== '' && !/^-?\d+(\.\d+)?$/.test(value))
      problems[column.name] = t('A decimal number such as 12.50');
  }
  if (validFrom && validTo && validTo < validFrom) problems['validTo'] = t('It would end before it begins');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(problems).length > 0) return;
        const given = Object.fromEntries(table.columns.map(({ name }) => [name, values[name] === '' ? null : (values[name] ?? null)]));
        onSubmit({ key, values: given, validFrom: validFrom || null, validTo: validTo || null }, reason.trim());
      }}
    >
      <Stack gap="sm">
        {table.key.map((column) => (
          <TextInput
            key={column}
            label={column}
            description={keyFixed ? undefined : t('Part of the key; * fits any value')}
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
            <Fragment key={column.name}>
              <TextInput
                label={column.name}
                description={inWords(column, heldBy(rows, column))}
                withAsterisk={column.required}
                type={column.type === 'date' ? 'date' : 'text'}
                inputMode={column.type === 'decimal' ? 'decimal' : undefined}
                list={`${formId}-${column.name}`}
                value={values[column.name] ?? ''}
                onChange={(event) => setValues({ ...values, [column.name]: event.currentTarget.value })}
                error={tried ? problems[column.name] : undefined}
              />
              <datalist id={`${formId}-${column.name}`}>
                {heldBy(rows, column).map((value) => (
                  <option key={value} value={value} />
                ))}
              </datalist>
            </Fragment>
          ),
        )}
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TextInput
            type="date"
            label={t('Valid from')}
            description={t('Empty: from ever')}
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('Valid to')}
            description={t('Empty: open end')}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
            error={tried ? problems['validTo'] : undefined}
          />
        </Group>
        {asksWhy ? (
          <TextInput
            label={t('Reason')}
            description={t('Stays with the version of the table')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        <Refused error={error} title={t('Could not {{verb}}', { verb: inSentence(verb) })} />
        <Group justify="flex-end">
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {t('Cancel')}
            </Button>
          ) : null}
          <Button type="submit" loading={pending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Column = Table['columns'][number];
const choicesMax = 20;
const examplesMax = 3;

/** What rows hold in a column, each value once. A date is picked from a calendar. */
const heldBy = (rows: readonly TableRow[], { name, type }: Column): string[] =>
  type === 'date' ? [] : [...new Set(rows.flatMap((row) => row.values[name] || []))].slice(0, choicesMax);

/** A column in its own words, and by examples of what stands in it. */
function inWords({ description }: Column, held: readonly string[]): string | undefined {
  if (held.length === 0) return description;
  const examples = listed(held.slice(0, examplesMax), 'disjunction');
  return description ? t('{{description}}, such as {{examples}}', { description, examples }) : t('Such as {{examples}}', { examples });
}
