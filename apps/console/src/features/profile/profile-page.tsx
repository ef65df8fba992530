import { Stack } from '@mantine/core';
import { useIdentity } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { NoPermission } from '../../parts/situations.js';
import { OwnSessions } from './own-sessions.js';
import { Password } from './password.js';
import { SecondFactor } from './second-factor.js';

export function Page() {
  const me = useIdentity();
  return (
    <>
      <PageHead title={t('Profile and security')} name={t('Profile')} lead={t('How you sign in, and where you are signed in.')} />
      {me?.kind === 'user' ? (
        <Stack gap="xl" maw={900}>
          <Section title={t('You')}>
            <Facts
              items={[
                [t('Name'), me.name],
                [t('E-mail'), me.email],
                [t('Roles'), me.roles.join(', ')],
              ]}
            />
          </Section>
          <Password />
          <SecondFactor />
          <OwnSessions />
        </Stack>
      ) : (
        <NoPermission what={t('a profile')} />
      )}
    </>
  );
}
