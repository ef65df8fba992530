import { IconBan, IconCircleCheck, IconMail, IconMailX } from '@tabler/icons-react';
import type { User } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';

export function UserMark({ user }: { user: User }) {
  if (user.disabled)
    return (
      <StateMark icon={IconBan} tone="idle">
        {t('Disabled')}
      </StateMark>
    );
  if (!user.hasPassword && user.provider === null)
    return user.linkOpen ? (
      <StateMark icon={IconMail} tone="idle">
        {t('Invited')}
      </StateMark>
    ) : (
      <StateMark icon={IconMailX} tone="warn">
        {t('Invitation expired')}
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok">
      {t('Enabled')}
    </StateMark>
  );
}

/** How a person signs in, in words. */
export function waysOf(user: User): string {
  const ways = [
    ...(user.hasPassword ? [user.secondFactor ? t('Password and code') : t('Password')] : []),
    ...(user.provider ? [t('Single sign-on')] : []),
  ];
  return ways.length > 0 ? ways.join(', ') : '–';
}
