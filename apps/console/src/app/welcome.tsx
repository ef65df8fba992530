import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../api/problem.js';
import { readLink, takeLink } from '../api/session.js';
import { rich, t } from '../language/index.js';
import { done } from '../parts/notice.js';
import { Failure, ProblemText, Refused, Waiting } from '../parts/situations.js';
import { Doorway } from './doorway.js';

/** Where an invitation and a reset lead: `/welcome#<token>`. What stands behind the # never leaves the browser by itself. */
export function Welcome() {
  const [token] = useState(() => globalThis.location.hash.slice(1));
  const link = useQuery({ queryKey: ['link', token], queryFn: () => readLink(token), retry: false, staleTime: Infinity });
  if (link.isPending)
    return (
      <Doorway title={t('Welcome')}>
        <Waiting rows={4} />
      </Doorway>
    );
  if (!link.data) {
    const { code } = asProblem(link.error);
    return (
      <Doorway title={t('This link does not work')}>
        <Stack>
          {code === 'LINK_INVALID' || code === 'REQUEST_INVALID' ? (
            <Alert color="yellow" variant="light" icon={<IconLinkOff size={18} />} title={t('Used, replaced, or too old')} role="alert">
              {rich('Ask for a new one: an administrator can send it, or use {{link}}.', {
                link: <Link to="/forgotten">{t('Forgotten password')}</Link>,
              })}
            </Alert>
          ) : (
            <Failure error={link.error} what={t('the link')} onRetry={() => void link.refetch()} />
          )}
          <Button component={Link} to="/sign-in" variant="default" fullWidth>
            {t('To sign-in')}
          </Button>
        </Stack>
      </Doorway>
    );
  }
  return <ChoosePassword token={token} {...link.data} />;
}

function ChoosePassword({ token, purpose, email, name }: { token: string; purpose: string; email: string; name: string }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: (value) => (value.length >= 12 ? null : t('At least 12 characters')),
      again: (value, values) => (value === values.password ? null : t('Not the same as above')),
    },
  });
  const choose = useMutation({
    mutationFn: takeLink,
    onSuccess: () => {
      done(t('Password set'), t('Sign in with it now.'));
      void navigate({ to: '/sign-in', search: { email } });
    },
  });
  const invited = purpose === 'invitation';
  return (
    <Doorway
      title={invited ? t('Welcome, {{name}}', { name }) : t('New password')}
      lead={invited ? t('Choose the password with which you will sign in.') : t('Your other sessions end when it is set.')}
    >
      <form noValidate onSubmit={form.onSubmit(({ password }) => choose.mutate({ token, password }))}>
        <Stack>
          {asProblem(choose.error).code === 'PASSWORD_WEAK' ? (
            <Alert color="red" variant="light" title={t('Choose another one')} role="alert">
              <ProblemText error={choose.error} />
            </Alert>
          ) : (
            <Refused error={choose.error} title={t('Could not set the password')} />
          )}
          <TextInput label={t('E-mail')} value={email} readOnly autoComplete="username" />
          <PasswordInput
            label={t('Password')}
            description={t('At least 12 characters; several words are easier to remember')}
            autoComplete="new-password"
            autoFocus
            {...form.getInputProps('password')}
          />
          <PasswordInput label={t('Password again')} autoComplete="new-password" {...form.getInputProps('again')} />
          <Button type="submit" fullWidth loading={choose.isPending}>
            {t('Set password')}
          </Button>
        </Stack>
      </form>
    </Doorway>
  );
}
