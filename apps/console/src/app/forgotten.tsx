import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMail, IconUserShield } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { requestReset, waysQuery } from '../api/session.js';
import { Refused, Waiting } from '../parts/situations.js';
import { Doorway } from './doorway.js';

export function Forgotten() {
  const ways = useQuery(waysQuery);
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.includes('@') ? null : 'Your e-mail address') },
  });
  const ask = useMutation({ mutationFn: (email: string) => requestReset(email) });
  const back = (
    <Group justify="center">
      <Anchor component={Link} to="/sign-in" size="sm">
        Back to sign-in
      </Anchor>
    </Group>
  );
  if (ways.isPending)
    return (
      <Doorway title="Forgotten password">
        <Waiting rows={3} />
      </Doorway>
    );
  if (ways.data && !ways.data.mail)
    return (
      <Doorway title="Forgotten password">
        <Stack>
          <Alert variant="light" icon={<IconUserShield size={18} />} title="Ask an administrator">
            <Text size="sm">This installation sends no mail. An administrator can give you a link to choose a new password.</Text>
          </Alert>
          {back}
        </Stack>
      </Doorway>
    );
  if (ask.isSuccess)
    return (
      <Doorway title="Look into your mail">
        <Stack>
          <Alert color="teal" variant="light" icon={<IconMail size={18} />} title="A link is on its way" role="status">
            <Text size="sm">
              If <b>{form.values.email}</b> has access here, a mail with a link arrives within a few minutes. The link is valid for one
              hour.
            </Text>
          </Alert>
          {back}
        </Stack>
      </Doorway>
    );
  return (
    <Doorway title="Forgotten password" lead="You get a link by mail with which you choose a new one.">
      <form noValidate onSubmit={form.onSubmit(({ email }) => ask.mutate(email))}>
        <Stack>
          <Refused error={ask.error} title="Could not send the link" />
          <TextInput label="E-mail" type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
          <Button type="submit" fullWidth loading={ask.isPending}>
            Send link
          </Button>
          {back}
        </Stack>
      </form>
    </Doorway>
  );
}
