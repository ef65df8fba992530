import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { beginConsent, type ShownConsent } from '../../api/build.js';
import { listed, rich, t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { Facts, Section } from '../../parts/page.js';
import { Refused } from '../../parts/situations.js';
import { At } from '../../parts/time.js';

/** Letting the connection in at the vendor's own page, and what came of it. */
export function ConsentPanel({ name, title, consent, write }: { name: string; title: string; consent: ShownConsent; write: boolean }) {
  const { given, login, missing } = consent;
  const begin = useMutation({
    mutationFn: () => beginConsent(name),
    // The whole window goes: this page comes back by itself.
    onSuccess: ({ address }) => {
      if (/^https?:\/\//.test(address)) globalThis.location.assign(address);
    },
  });
  const over = login?.refusedAt;
  return (
    <Section title={t('Consent at {{title}}', { title })}>
      {over ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('Connect again')} role="alert" mb="sm">
          {rich('{{title}} no longer renews the access, since {{over}}. {{refusedBecause}} Documents wait until somebody connects again.', {
            title,
            over: <At at={over} />,
            refusedBecause: login.refusedBecause,
          })}
        </Alert>
      ) : null}
      {given && given.scopesMissing.length > 0 ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('Not everything was given')} mb="sm">
          {t('{{scopes}}: what needs it is refused. Connect again and agree to it, or allow it at the app.', {
            scopes: given.scopesMissing.join(', '),
          })}
        </Alert>
      ) : null}
      <Facts
        items={[
          [t('Account'), given ? given.account : t('not connected here')],
          [t('Connected'), given ? <>{rich('{{at}} by {{by}}', { at: <At at={given.at} />, by: given.by })}</> : null],
          [t('Scopes wanted'), consent.scopesWanted.join(', ') || null],
          [t('Scopes given'), given ? (given.scopesGranted?.join(', ') ?? t('{{title}} does not tell', { title })) : null],
          [
            t('Access token'),
            login?.goodUntil ? <>{rich('until {{goodUntil}}, then renewed', { goodUntil: <At at={login.goodUntil} /> })}</> : null,
          ],
          [t('Redirect URI'), <CopyId key="uri" value={consent.redirectUri} label={t('Copy redirect URI')} />],
        ]}
      />
      {write ? (
        <Group gap="sm" mt="sm">
          <Button
            leftSection={<IconPlugConnected size={16} />}
            variant={given && !over ? 'default' : 'filled'}
            disabled={missing.length > 0}
            loading={begin.isPending || begin.isSuccess}
            onClick={() => begin.mutate()}
          >
            {given ? t('Connect again') : t('Connect')}
          </Button>
          <Text size="sm" c="dimmed">
            {missing.length > 0
              ? t('Enter {{settings}} in the settings first.', { settings: listed(missing) })
              : t('Opens {{title}}. Enter the redirect URI at the app there before.', { title })}
          </Text>
        </Group>
      ) : null}
      <Refused error={begin.error} title={t('Could not connect')} />
    </Section>
  );
}
