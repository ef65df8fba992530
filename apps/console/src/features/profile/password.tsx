import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changePassword, secondFactorQuery } from '../../api/session.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Section } from '../../parts/page.js';
import { Refused } from '../../parts/situations.js';

export function Password() {
  const queries = useQueryClient();
  const hasPassword = useQuery(secondFactorQuery).data?.hasPassword ?? true;
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (value ? null : t('The password you sign in with now')),
      next: (value) => (value.length >= 12 ? null : t('At least 12 characters')),
      again: (value, values) => (value === values.next ? null : t('Not the same as above')),
    },
  });
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      done(t('Password changed'), t('Your other sessions have ended.'));
      form.reset();
      void queries.invalidateQueries({ queryKey: ['own'] });
    },
  });
  if (!hasPassword)
    return (
      <Section title={t('Password')}>
        <Text size="sm">{t('You sign in through your provider and have no password here. Change it there.')}</Text>
      </Section>
    );
  return (
    <Section title={t('Password')}>
      <form onSubmit={form.onSubmit(({ current, next }) => change.mutate({ current, next }))} noValidate>
        <Stack maw={420}>
          <Refused error={change.error} title={t('Could not change the password')} />
          <PasswordInput label={t('Current password')} autoComplete="current-password" {...form.getInputProps('current')} />
          <PasswordInput
            label={t('New password')}
            description={t('At least 12 characters; several words are easier to remember')}
            autoComplete="new-password"
            {...form.getInputProps('next')}
          />
          <PasswordInput label={t('New password again')} autoComplete="new-password" {...form.getInputProps('again')} />
          <Group>
            <Button size="xs" type="submit" loading={change.isPending}>
              {t('Change password')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
