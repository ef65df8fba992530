import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { saveTable, type Table } from '../../api/build.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';

type ColumnDraft = { name: string; type: Table['columns'][number]['type']; required: boolean };
const wellNamed = /^[a-z][A-Za-z0-9]*$/;

export function NewTable({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [key, setKey] = useState('');
  const [columns, setColumns] = useState<ColumnDraft[]>([{ name: '', type: 'text', required: true }]);
  const keys = key.split(/[\s,]+/).filter(Boolean);
  const tableName =
    name ||
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '');
  const ready =
    title.trim() !== '' &&
    tableName !== '' &&
    keys.length > 0 &&
    keys.every((k) => wellNamed.test(k)) &&
    columns.every((c) => wellNamed.test(c.name));
  const save = useMutation({
    mutationFn: () => saveTable(tableName, { title: title.trim(), description: description.trim() || undefined, key: keys, columns }),
    onSuccess: (table) => {
      done(t('Table made'), t('{{title}} is empty: add rows or import CSV.', { title: table.title }));
      void queries.invalidateQueries({ queryKey: ['tables'] });
      void navigate({ to: '/tables/$name', params: { name: table.name }, search: {} });
    },
  });
  const change = (index: number, next: Partial<ColumnDraft>) =>
    setColumns(columns.map((column, at) => (at === index ? { ...column, ...next } : column)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <Stack>
        <Refused error={save.error} title={t('Could not make the table')} />
        <Group grow align="flex-start">
          <TextInput
            label={t('Title')}
            withAsterisk
            data-autofocus
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextInput
            label={t('Name')}
            description={undefined}
            placeholder={tableName || 'tax-code'}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Group>
        <TextInput label={t('What it is for')} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        <TextInput
          label={t('Key columns')}
          description={t('One or more, with commas: country, category')}
          withAsterisk
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={key && !keys.every((k) => wellNamed.test(k)) ? t('Letters and digits, beginning with a small letter') : undefined}
        />
        <Text size="sm" fw={500}>
          {t('Value columns')}
        </Text>
        {columns.map((column, index) => (
          <Group key={index} gap="sm" wrap="nowrap">
            <TextInput
              style={{ flex: 1 }}
              aria-label={t('Name of column {{index}}', { index: index + 1 })}
              placeholder="code"
              value={column.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
              error={column.name !== '' && !wellNamed.test(column.name)}
            />
            <Select
              w={120}
              aria-label={t('Type of column {{index}}', { index: index + 1 })}
              data={['text', 'decimal', 'date', 'boolean']}
              allowDeselect={false}
              value={column.type}
              onChange={(type) => change(index, { type: (type ?? 'text') as ColumnDraft['type'] })}
            />
            <Checkbox
              label={t('Needed')}
              checked={column.required}
              onChange={(event) => change(index, { required: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('Remove column {{index}}', { index: index + 1 })}
              disabled={columns.length === 1}
              onClick={() => setColumns(columns.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button size="xs" variant="default" onClick={() => setColumns([...columns, { name: '', type: 'text', required: false }])}>
            {t('Add column')}
          </Button>
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {t('Make table')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
