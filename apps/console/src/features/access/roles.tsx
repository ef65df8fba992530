import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '../../api/govern.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './access.module.css';

/** What each role may do, in sentences. */
export function Roles() {
  const query = useQuery(rolesQuery);
  if (query.isPending) return <Waiting rows={6} height={60} />;
  if (!query.data) return <Failure error={query.error} what="roles" onRetry={() => void query.refetch()} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
      {query.data.items.map((role) => (
        <section key={role.name} className={classes.role} aria-label={role.title}>
          <h2>{role.title}</h2>
          <Text size="sm" c="dimmed">
            {role.summary}
          </Text>
          <ul>
            {role.permissions.map((permission) => (
              <li key={permission.name} title={permission.name}>
                {permission.sentence}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </SimpleGrid>
  );
}
