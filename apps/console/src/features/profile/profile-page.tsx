import { Stack } from '@mantine/core';
import { useIdentity } from '../../api/session.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { NoPermission } from '../../parts/situations.js';
import { OwnSessions } from './own-sessions.js';
import { Password } from './password.js';
import { SecondFactor } from './second-factor.js';

export function Page() {
  const me = useIdentity();
  return (
    <>
      <PageHead title="Profile and security" name="Profile" lead="How you sign in, and where you are signed in." />
      {me?.kind === 'user' ? (
        <Stack gap="xl" maw={900}>
          <Section title="You">
            <Facts
              items={[
                ['Name', me.name],
                ['E-mail', me.email],
                ['Roles', me.roles.join(', ')],
              ]}
            />
          </Section>
          <Password />
          <SecondFactor />
          <OwnSessions />
        </Stack>
      ) : (
        <NoPermission what="a profile" />
      )}
    </>
  );
}
