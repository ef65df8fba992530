import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMail, IconUserShield } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { requestReset, waysQuery } from '../api/session.js';
import { rich, t } from '../language/index.js';
import { Refused, Waiting } from '../parts/situations.js';
import { Doorway } from './doorway.js';

export function Forgotten() {
  const ways = useQuery(waysQuery);
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.includes('@') ? null : t('Your e-mail address')) },
  });
  const ask = useMutation({ mutationFn: (email: string) => requestReset(email) });
  const back = (
    <Group justify="center">
      <Anchor component={Link} to="/sign-in" size="sm">
        {t('Back to sign-in')}
      </Anchor>
    </Group>
  );
  if (ways.isPending)
    return (
      <Doorway title={t('Forgotten password')}>
        <Waiting rows={3} />
      </Doorway>
    );
  if (ways.data && !ways.data.mail)
    return (
      <Doorway title={t('Forgotten password')}>
        <Stack>
          <Alert variant="light" icon={<IconUserShield size={18} />} title={t('Ask an administrator')}>
            <Text size="sm">{t('This installation sends no mail. An administrator can give you a link to choose a new password.')}</Text>
          </Alert>
          {back}
        </Stack>
      </Doorway>
    );
  if (ask.isSuccess)
    return (
      <Doorway title={t('Look into your mail')}>
        <Stack>
          <Alert color="teal" variant="light" icon={<IconMail size={18} />} title={t('A link is on its way')} role="status">
            <Text size="sm">
              {rich('If {{email}} has access here, a mail with a link arrives within a few minutes. The link is valid for one hour.', {
                email: <b>{form.values.email}</b>,
              })}
            </Text>
          </Alert>
          {back}
        </Stack>
      </Doorway>
    );
  return (
    <Doorway title={t('Forgotten password')} lead={t('You get a link by mail with which you choose a new one.')}>
      <form noValidate onSubmit={form.onSubmit(({ email }) => ask.mutate(email))}>
        <Stack>
          <Refused error={ask.error} title={t('Could not send the link')} />
          <TextInput label={t('E-mail')} type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
          <Button type="submit" fullWidth loading={ask.isPending}>
            {t('Send link')}
          </Button>
          {back}
        </Stack>
      </form>
    </Doorway>
  );
}
