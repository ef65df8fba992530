import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { beginConsent, type ShownConsent } from '../../api/build.js';
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
    <Section title={`Consent at ${title}`}>
      {over ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title="Connect again" role="alert" mb="sm">
          {title} no longer renews the access, since <At at={over} />. {login.refusedBecause} Documents wait until somebody connects again.
        </Alert>
      ) : null}
      {given && given.scopesMissing.length > 0 ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="Not everything was given" mb="sm">
          {given.scopesMissing.join(', ')}: what needs it is refused. Connect again and agree to it, or allow it at the app.
        </Alert>
      ) : null}
      <Facts
        items={[
          ['Account', given ? given.account : 'not connected here'],
          [
            'Connected',
            given ? (
              <>
                <At at={given.at} /> by {given.by}
              </>
            ) : null,
          ],
          ['Scopes wanted', consent.scopesWanted.join(', ') || null],
          ['Scopes given', given ? (given.scopesGranted?.join(', ') ?? `${title} does not tell`) : null],
          [
            'Access token',
            login?.goodUntil ? (
              <>
                until <At at={login.goodUntil} />, then renewed
              </>
            ) : null,
          ],
          ['Redirect URI', <CopyId key="uri" value={consent.redirectUri} label="Copy redirect URI" />],
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
            {given ? 'Connect again' : 'Connect'}
          </Button>
          <Text size="sm" c="dimmed">
            {missing.length > 0
              ? `Enter ${missing.join(' and ')} in the settings first.`
              : `Opens ${title}. Enter the redirect URI at the app there before.`}
          </Text>
        </Group>
      ) : null}
      <Refused error={begin.error} title="Could not begin" />
    </Section>
  );
}
