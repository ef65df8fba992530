import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { saveConnection, type Connection, type Connector } from '../../api/build.js';
import { listed, t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';
import { fieldsOf, problemsOf, secretsAgain, settingsToSend, startValues, type Values } from './schema-form.js';
import { SettingFields } from './setting-fields.js';

/** Makes a connection or changes one. Its name cannot change: messages keep it. */
export function ConnectionForm({
  connector,
  connection,
  suggestedName,
  onSaved,
}: {
  connector: Connector;
  connection?: Connection;
  suggestedName?: string;
  onSaved: (connection: Connection) => void;
}) {
  const queries = useQueryClient();
  const fields = useMemo(() => fieldsOf(connector.settings), [connector]);
  const [name, setName] = useState(connection?.name ?? suggestedName ?? connector.name);
  const [description, setDescription] = useState(connection?.description ?? '');
  const [values, setValues] = useState<Values>(() => connection?.settings ?? startValues(fields));
  /** What the form began from. */
  const [base, setBase] = useState(connection);
  const beginAt = (next: Connection) => {
    setBase(next);
    setDescription(next.description);
    setValues(next.settings);
  };
  const moved = connection !== undefined && base !== undefined && connection.updatedAt !== base.updatedAt;
  const touched = base !== undefined && (description !== base.description || !isSame(values, base.settings));
  if (moved && !touched) beginAt(connection);
  const changedThere =
    moved && touched
      ? [
          ...(connection.description === base.description ? [] : [t('What it is for')]),
          ...fields.filter(({ name }) => !isSame(connection.settings[name], base.settings[name])).map(({ title }) => title),
        ]
      : [];
  const [tried, setTried] = useState(false);
  const problems = problemsOf(fields, values);
  const again = useMemo(() => (connection ? secretsAgain(fields, connection.settings, values) : {}), [connection, fields, values]);
  const nameProblem = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ? undefined : t('Small letters, digits and single hyphens');
  const save = useMutation({
    mutationFn: () =>
      saveConnection(name, { connector: connector.name, description: description.trim(), settings: settingsToSend(values) }),
    onSuccess: (saved) => {
      done(t('Connection saved'), t('Check it to see that {{title}} answers.', { title: connector.title }));
      void queries.invalidateQueries({ queryKey: ['connections'] });
      if (connection) beginAt(saved);
      onSaved(saved);
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!nameProblem && Object.keys(problems).length === 0) save.mutate();
      }}
    >
      <Stack gap="md" maw={620}>
        <Refused error={save.error} title={t('Could not save the connection')} />
        {moved && touched ? (
          <Alert color="yellow" title={t('{{by}} changed this connection in between', { by: connection.updatedBy })}>
            <Text size="sm">
              {changedThere.length > 0
                ? t('What you have written is kept. Saving it puts your form in place of what was changed: {{fields}}.', {
                    fields: listed(changedThere),
                  })
                : t('What you have written is kept. No setting that is shown here is another one.')}
            </Text>
            <Button size="xs" variant="default" mt="xs" onClick={() => beginAt(connection)}>
              {t('Take what is saved')}
            </Button>
          </Alert>
        ) : null}
        {connection ? null : (
          <TextInput
            label={t('Name')}
            description={t('Flows name the connection by it; it cannot change later')}
            withAsterisk
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried ? nameProblem : undefined}
          />
        )}
        <TextInput
          label={t('What it is for')}
          value={description}
          maxLength={500}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <SettingFields fields={fields} values={values} onChange={setValues} problems={tried ? problems : {}} notes={again} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('Save connection')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
